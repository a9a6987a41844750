-- The session of `expected.json`.
--   nvim -n --clean --headless -c 'luafile neovim/session.lua'     LSP_COMMAND, LSP_FILE and LSP_HERE set, as editor.lua says
local editor = dofile(os.getenv('LSP_HERE') .. '/neovim/editor.lua')
local check, expected, find, press, wait_for = editor.check, editor.expected, editor.find, editor.press, editor.wait_for
local client

check('the plugin starts the server for a BPF file', function()
  editor.open()
  client = editor.client('kfunc_lsp')
end)

local wanted, place = expected.diagnostic, find(expected.diagnostic.at)
local function wanted_diagnostics()
  return vim.tbl_filter(function(d) return editor.code(d) == wanted.code and d.lnum == place.line end, vim.diagnostic.get(editor.buffer))
end

check(wanted.code .. ' at "' .. wanted.at .. '", with its message and range', function()
  wait_for('diagnostics', function() return #vim.diagnostic.get(editor.buffer) > 0 end)
  local found = wanted_diagnostics()
  assert(#found == 1, #found .. ' such diagnostics: ' .. vim.inspect(vim.diagnostic.get(editor.buffer)))
  local d = found[1]
  assert(vim.split(d.message, '\n')[1] == wanted.message, d.message)
  local range = string.format('%d:%d-%d:%d', d.lnum, d.col, d.end_lnum, d.end_col)
  local wanted_range = string.format('%d:%d-%d:%d', place.line, place.from, place.line, place.to)
  assert(range == wanted_range, range .. ' instead of ' .. wanted_range)
  assert(d.severity == wanted.severity and d.source == wanted.source, vim.inspect(d))
end)

check('hover on ' .. expected.hover.at, function()
  local at = find(expected.hover.at)
  local answer = editor.ask(client, 'textDocument/hover', editor.at(at.line, at.from + 4))
  assert(answer and answer.contents, 'nothing')
  for _, text in ipairs(expected.hover.has) do
    assert(answer.contents.value:find(text, 1, true), 'no "' .. text .. '" in:\n' .. answer.contents.value)
  end
end)

check('what is told around the code', function()
  local at = find(expected.hover.at)
  local document, here = editor.document(), editor.at(at.line, at.from + 1)
  local function ask(method, params) return editor.ask(client, method, params) end
  local help = ask('textDocument/signatureHelp', editor.at(at.line, at.to - 1))
  assert(help and help.signatures[1].label:find(expected.hover.at:match('[%w_]+'), 1, true), vim.inspect(help))
  assert(#ask('textDocument/codeLens', document) > 0, 'no lenses')
  assert(#ask('textDocument/documentSymbol', document) > 0, 'no outline')
  assert(#ask('textDocument/semanticTokens/full', document).data > 0, 'no colours')
  local lines = vim.api.nvim_buf_line_count(editor.buffer)
  local all = vim.tbl_extend('error', document, { range = { start = { line = 0, character = 0 }, ['end'] = { line = lines, character = 0 } } })
  assert(#ask('textDocument/inlayHint', all) > 0, 'no hints')
  assert(#ask('textDocument/documentHighlight', here) > 1, 'no pair')
  assert(#ask('textDocument/references', vim.tbl_extend('error', here, { context = { includeDeclaration = true } })) > 1, 'no references')
  assert(#ask('textDocument/foldingRange', document) >= 0 and #ask('textDocument/documentLink', document) > 0, 'no links')
end)

check('the definition of a kfunc is a page that the plugin shows', function()
  local at, kfunc = find(expected.hover.at), expected.hover.at:match('[%w_]+')
  local answer = editor.ask(client, 'textDocument/definition', editor.at(at.line, at.from + 1))
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
  local ok, answer = pcall(editor.ask, client, 'textDocument/completion', editor.at(at.line + 1, 1 + #expected.completion.type))
  press(at.line + 1, 0, 'dd')
  assert(ok and answer, 'nothing: ' .. vim.inspect(answer))
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
  wait_for('the diagnostic is gone', function() return #wanted_diagnostics() == 0 and #vim.diagnostic.get(editor.buffer) > 0 end)
  local left = vim.diagnostic.get(editor.buffer, { severity = vim.diagnostic.severity.ERROR })
  assert(#left == expected.others, vim.inspect(left))
end)

check('it stops', function()
  vim.lsp.stop_client(client.id)
  wait_for('the server ends', function() return vim.lsp.get_client_by_id(client.id) == nil end)
end)

editor.quit()
