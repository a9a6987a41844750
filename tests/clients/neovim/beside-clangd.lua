-- Beside clangd in one buffer: each says what is its own, and neither what is the other's. LSP_CLANGD is clangd's command (JSON array).
local editor = dofile(os.getenv('LSP_HERE') .. '/neovim/editor.lua')
editor.name = editor.name .. ' beside clangd'
local check, expected, find, press, wait_for = editor.check, editor.expected, editor.find, editor.press, editor.wait_for
local kfunc, clangd
local told = {}
vim.notify = function(text) table.insert(told, text) end
vim.notify_once = vim.notify

local function diagnostics_of(source)
  return vim.tbl_filter(function(d) return d.source == source end, vim.diagnostic.get(editor.buffer))
end

--- Where a word that C does not know was written: who complains, and at which bytes.
local function complaints_at(place)
  return vim.tbl_filter(function(d) return d.lnum == place.line and d.col == place.from end, vim.diagnostic.get(editor.buffer))
end

check('both serve the file', function()
  editor.open(function(buffer)
    local id = vim.lsp.start_client({ name = 'clangd', cmd = vim.fn.json_decode(os.getenv('LSP_CLANGD')), root_dir = vim.fn.expand('%:p:h') })
    vim.lsp.buf_attach_client(buffer, id)
  end)
  kfunc, clangd = editor.client('kfunc_lsp'), editor.client('clangd')
end)

check('what clangd does is left to clangd', function()
  local can = kfunc.server_capabilities
  assert(clangd.server_capabilities.renameProvider and clangd.server_capabilities.documentFormattingProvider, 'clangd has changed')
  for _, provider in ipairs({ 'renameProvider', 'documentFormattingProvider', 'documentRangeFormattingProvider', 'documentOnTypeFormattingProvider' }) do
    assert(not can[provider], provider)
  end
end)

check('a finding is said once, by its own server, behind characters of several bytes too', function()
  local place = find(expected.diagnostic.at)
  press(place.line, place.from, 'i/* \u{e4}\u{1d11e} */ <Esc>')
  place = find(expected.diagnostic.at)
  wait_for(expected.diagnostic.code, function()
    return #vim.tbl_filter(function(d) return editor.code(d) == expected.diagnostic.code and d.source == 'kfunc' end, complaints_at(place)) == 1
  end)
  assert(#complaints_at(place) == 1, vim.inspect(complaints_at(place)))
end)

check('a mistake of C is said once, by clangd', function()
  local place = find(expected.diagnostic.at)
  press(place.line, place.from, 'ino_such_thing();<CR><Esc>')
  place = find('no_such_thing')
  local function clangd_alone_says_it()
    local all = complaints_at(place)
    return #all == 1 and all[1].source ~= 'kfunc'
  end
  wait_for('clangd says it', clangd_alone_says_it)
  wait_for('the other server has looked too', function() return #diagnostics_of('kfunc') > 0 end)
  vim.wait(1500)
  -- A busy machine may have clangd answer for the text before meanwhile.
  wait_for('clangd alone says it still', clangd_alone_says_it)
  press(place.line, 0, 'dd')
  wait_for('it is gone', function() return #vim.tbl_filter(function(d) return d.message:find('no_such_thing') end, vim.diagnostic.get(editor.buffer)) == 0 end)
end)

check('hover, definition and completion have what each knows', function()
  local at = find(expected.hover.at)
  local here = editor.at(at.line, at.from + 4)
  local ours, theirs = editor.ask(kfunc, 'textDocument/hover', here), editor.ask(clangd, 'textDocument/hover', here)
  for _, text in ipairs(expected.hover.has) do assert(ours.contents.value:find(text, 1, true), text) end
  assert(theirs and not vim.inspect(theirs):find('KF_ACQUIRE', 1, true), vim.inspect(theirs))
  local definition = editor.ask(kfunc, 'textDocument/definition', here)
  assert((definition[1] or definition).uri:match('^kfunc:/'), vim.inspect(definition))
  -- What is C alone has no answer of ours.
  local plain = find('return 0;')
  assert(not editor.ask(kfunc, 'textDocument/hover', editor.at(plain.line, plain.from + 1)), 'a hover on plain C')
  assert(vim.tbl_isempty(editor.ask(kfunc, 'textDocument/definition', editor.at(plain.line, plain.from + 1)) or {}), 'a definition of plain C')
end)

check('the editor has no complaint about the two', function()
  vim.lsp.buf.hover()
  vim.wait(500)
  for _, text in ipairs(told) do assert(not text:find('encoding'), text) end
end)

check('both stop', function()
  for _, client in ipairs({ kfunc, clangd }) do vim.lsp.stop_client(client.id) end
  wait_for('they end', function() return vim.tbl_isempty(editor.clients()) end)
end)

editor.quit()
