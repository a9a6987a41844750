-- Neovim (0.7 or newer) with the project's file open, driven by real keys. LSP_COMMAND (JSON array), LSP_FILE and LSP_HERE are set.
local M = {}

local here, file = os.getenv('LSP_HERE'), os.getenv('LSP_FILE')
local version = vim.version()
local failed, timeout = 0, tonumber(os.getenv('LSP_TIMEOUT') or 60) * 1000

M.name = string.format('Neovim %d.%d.%d', version.major, version.minor, version.patch)
M.expected = vim.fn.json_decode(vim.fn.readfile(here .. '/expected.json'))

--- All clients of the editor, by either of the names that Neovim has had for this.
M.clients = vim.lsp.get_clients or vim.lsp.get_active_clients

local function say(line) io.stdout:write(line .. '\n') end

function M.check(what, body)
  local ok, err = xpcall(body, function(e) return type(e) == 'string' and e or vim.inspect(e) end)
  if ok then return say('ok      ' .. M.name .. ': ' .. what) end
  failed = failed + 1
  say('FAILED  ' .. M.name .. ': ' .. what .. '\n    ' .. tostring(err):gsub('\n', '\n    '))
end

function M.wait_for(what, condition)
  assert(vim.wait(timeout, condition, 20), what .. ': not within ' .. timeout / 1000 .. ' s')
end

--- Opens the file with the plugin that the README tells people to use, which starts the server. `before` runs before the file is one of C.
function M.open(before)
  vim.g.kfunc_lsp_cmd = vim.fn.json_decode(os.getenv('LSP_COMMAND'))
  vim.opt.runtimepath:prepend(here .. '/../../editors/neovim')
  vim.cmd('runtime plugin/kfunc_lsp.lua')
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  M.buffer = vim.api.nvim_get_current_buf()
  if before then before(M.buffer) end
  vim.bo.filetype = 'c'
  vim.bo.cindent, vim.bo.smartindent, vim.bo.autoindent = false, false, false
end

--- Waits until a client of this name serves the file; returns it.
function M.client(name)
  local found
  M.wait_for(name .. ' initialized', function()
    for _, client in pairs(M.clients()) do
      if client.name == name and client.initialized and vim.lsp.buf_is_attached(M.buffer, client.id) then found = client end
    end
    return found
  end)
  return found
end

--- The place of a text: line and columns from 0, in bytes.
function M.find(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(M.buffer, 0, -1, false)) do
    local from, to = line:find(text, 1, true)
    if from then return { line = i - 1, from = from - 1, to = to } end
  end
  error('the file has no "' .. text .. '"')
end

--- Presses keys, as a person at a place would.
function M.press(line, column, keys)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'tx', false)
end

--- What a client answers.
function M.ask(client, method, params)
  local answers, err = vim.lsp.buf_request_sync(M.buffer, method, params, timeout)
  local answer = assert(answers, method .. ': ' .. tostring(err))[client.id]
  assert(answer, method .. ': no answer')
  assert(not answer.err and not answer.error, method .. ': ' .. vim.inspect(answer))
  return answer.result
end

function M.document() return { textDocument = { uri = vim.uri_from_bufnr(M.buffer) } } end

function M.at(line, character) return vim.tbl_extend('error', M.document(), { position = { line = line, character = character } }) end

--- The code of a diagnostic, wherever this Neovim keeps it.
function M.code(diagnostic) return diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code) end

function M.quit() vim.cmd(failed > 0 and 'cquit 1' or 'qall!') end

return M
