-- The session of `expected.json` in Neovim (0.7 or newer), with real keys.
--   nvim -n --clean --headless -c 'luafile neovim.lua'     LSP_COMMAND (JSON array), LSP_FILE and LSP_HERE set
local here, file = os.getenv('LSP_HERE'), os.getenv('LSP_FILE')
local expected = vim.fn.json_decode(vim.fn.readfile(here .. '/expected.json'))
local version = vim.version()
local name = string.format('Neovim %d.%d.%d', version.major, version.minor, version.patch)
local failed, timeout = 0, tonumber(os.getenv('LSP_TIMEOUT') or 60) * 1000

local function say(line) io.stdout:write(line .. '\n') end

local function check(what, body)
  local ok, err = xpcall(body, function(e) return type(e) == 'string' and e or vim.inspect(e) end)
  if ok then return say('ok      ' .. name .. ': ' .. what) end
  failed = failed + 1
  say('FAILED  ' .. name .. ': ' .. what .. '\n    ' .. tostring(err):gsub('\n', '\n    '))
end

local function wait_for(what, condition)
  assert(vim.wait(timeout, condition, 20), what .. ': not within ' .. timeout / 1000 .. ' s')
end

-- The plugin that the README tells people to use starts the server.
vim.g.kfunc_lsp_cmd = vim.fn.json_decode(os.getenv('LSP_COMMAND'))
vim.opt.runtimepath:prepend(here .. '/../../editors/neovim')
vim.cmd('runtime plugin/kfunc_lsp.lua')
vim.cmd('edit ' .. vim.fn.fnameescape(file))
vim.bo.filetype = 'c'
vim.bo.cindent, vim.bo.smartindent, vim.bo.autoindent = false, false, false
local buffer, client_id = vim.api.nvim_get_current_buf(), nil

--- The place of a text: line and columns from 0, in bytes.
local function find(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local from, to = line:find(text, 1, true)
    if from then return { line = i - 1, from = from - 1, to = to } end
  end
  error('the file has no "' .. text .. '"')
end

--- Presses keys, as a person at a place would.
local function press(line, column, keys)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'tx', false)
end

local function request(method, place)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = place }
  local answers, err = vim.lsp.buf_request_sync(buffer, method, params, timeout)
  assert(answers, method .. ': ' .. tostring(err))
  local answer = answers[client_id]
  assert(answer, method .. ': no answer')
  assert(not answer.err and not answer.error, method .. ': ' .. vim.inspect(answer))
  return answer.result
end

check('the plugin starts the server for a BPF file', function()
  wait_for('initialized', function()
    for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
      if client.name == 'kfunc_lsp' and client.initialized then client_id = client.id end
    end
    return client_id and vim.lsp.buf_is_attached(buffer, client_id)
  end)
end)

local wanted, place = expected.diagnostic, find(expected.diagnostic.at)
local function wanted_diagnostics()
  return vim.tbl_filter(function(d)
    local code = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code)
    return code == wanted.code and d.lnum == place.line
  end, vim.diagnostic.get(buffer))
end

check(wanted.code .. ' at "' .. wanted.at .. '", with its message and range', function()
  wait_for('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
  local found = wanted_diagnostics()
  assert(#found == 1, #found .. ' such diagnostics: ' .. vim.inspect(vim.diagnostic.get(buffer)))
  local d = found[1]
  assert(vim.split(d.message, '\n')[1] == wanted.message, d.message)
  local range = string.format('%d:%d-%d:%d', d.lnum, d.col, d.end_lnum, d.end_col)
  local wanted_range = string.format('%d:%d-%d:%d', place.line, place.from, place.line, place.to)
  assert(range == wanted_range, range .. ' instead of ' .. wanted_range)
  assert(d.severity == wanted.severity and d.source == wanted.source, vim.inspect(d))
end)

check('hover on ' .. expected.hover.at, function()
  local at = find(expected.hover.at)
  local answer = request('textDocument/hover', { line = at.line, character = at.from + 4 })
  assert(answer and answer.contents, 'nothing')
  for _, text in ipairs(expected.hover.has) do
    assert(answer.contents.value:find(text, 1, true), 'no "' .. text .. '" in:\n' .. answer.contents.value)
  end
end)

check('what is told around the code', function()
  local at = find(expected.hover.at)
  local document = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  local function ask(method, params)
    local answers = assert(vim.lsp.buf_request_sync(buffer, method, params, timeout), method)
    local answer = assert(answers[client_id], method .. ': no answer')
    assert(not answer.err and not answer.error, method .. ': ' .. vim.inspect(answer))
    return answer.result
  end
  local help = request('textDocument/signatureHelp', { line = at.line, character = at.to - 1 })
  assert(help and help.signatures[1].label:find(expected.hover.at:match('[%w_]+'), 1, true), vim.inspect(help))
  assert(#ask('textDocument/codeLens', document) > 0, 'no lenses')
  assert(#ask('textDocument/documentSymbol', document) > 0, 'no outline')
  assert(#ask('textDocument/semanticTokens/full', document).data > 0, 'no colours')
  local lines = vim.api.nvim_buf_line_count(buffer)
  local all = vim.tbl_extend('error', document, { range = { start = { line = 0, character = 0 }, ['end'] = { line = lines, character = 0 } } })
  assert(#ask('textDocument/inlayHint', all) > 0, 'no hints')
  assert(#request('textDocument/documentHighlight', { line = at.line, character = at.from + 1 }) > 1, 'no pair')
  local used = vim.tbl_extend('error', document, { position = { line = at.line, character = at.from + 1 }, context = { includeDeclaration = true } })
  assert(#ask('textDocument/references', used) > 1, 'no references')
  assert(#ask('textDocument/foldingRange', document) >= 0 and #ask('textDocument/documentLink', document) > 0, 'no links')
end)

check('the definition of a kfunc is a page that the plugin shows', function()
  local at, kfunc = find(expected.hover.at), expected.hover.at:match('[%w_]+')
  local answer = request('textDocument/definition', { line = at.line, character = at.from + 1 })
  local uri = answer and (answer[1] or answer).uri
  assert(uri and uri:match('^kfunc:/'), vim.inspect(answer))
  vim.cmd('split ' .. vim.fn.fnameescape(uri))
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd('bwipeout!')
  assert(text:find(kfunc .. ' on Linux', 1, true) and text:find('__ksym;', 1, true), text)
end)

check('completion after "' .. expected.completion.type .. '"', function()
  local at = find(expected.completion.after)
  press(at.line, 0, 'o\t' .. expected.completion.type .. '<Esc>')
  local ok, answer = pcall(request, 'textDocument/completion', { line = at.line + 1, character = 1 + #expected.completion.type })
  press(at.line + 1, 0, 'dd')
  assert(ok and answer, 'nothing')
  local labels = {}
  for _, item in ipairs(answer.items or answer) do labels[item.label] = true end
  for _, label in ipairs(expected.completion.has) do assert(labels[label], 'no ' .. label) end
  for _, label in ipairs(expected.completion.hasNot) do assert(not labels[label], label .. ' is there') end
end)

check('the fix, as it is typed, takes the diagnostic away and leaves the others', function()
  place = find(expected.fix.before)
  press(place.line, place.from, 'i' .. expected.fix.insert .. '<Esc>')
  local after = find(expected.fix.after)
  press(after.line, after.to - 1, 'a' .. expected.fix.append .. '<Esc>')
  wait_for('the diagnostic is gone', function() return #wanted_diagnostics() == 0 and #vim.diagnostic.get(buffer) > 0 end)
  local left = vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR })
  assert(#left == expected.others, vim.inspect(left))
end)

check('it stops', function()
  vim.lsp.stop_client(client_id)
  wait_for('the server ends', function() return vim.lsp.get_client_by_id(client_id) == nil end)
end)

vim.cmd(failed > 0 and 'cquit 1' or 'qall!')
