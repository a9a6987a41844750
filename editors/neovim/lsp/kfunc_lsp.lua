-- kfunc-lsp for Neovim's LSP client. Neovim 0.11+ reads this file by itself; older ones through plugin/kfunc_lsp.lua.
-- vim.g.kfunc_lsp_cmd names another command, such as { 'kfunc-lsp', 'server', '--kernel', '6.12' }.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')

--- The project of a BPF file; nil for other C files, which are none of our business.
local function project_of(file)
  local function above(names)
    local dir = vim.fn.fnamemodify(file, ':p:h')
    for _, name in ipairs(names) do
      local found = vim.fn.findfile(name, vim.fn.escape(dir, ' ') .. ';')
      if found ~= '' then return vim.fn.fnamemodify(found, ':p:h') end
    end
  end
  local configured = above({ '.kfunc-lsp.json' })
  if configured then return configured end
  if not file:match('%.bpf%.[ch]$') then return nil end
  return above({ 'compile_commands.json', 'compile_flags.txt', '.clangd' }) or vim.fn.fnamemodify(file, ':p:h')
end

--- What Neovim can, and that the plugin shows documents of the scheme kfunc.
local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.experimental = vim.tbl_extend('force', all.experimental or {}, { virtualDocuments = true })
  return all
end

return {
  name = 'kfunc_lsp',
  capabilities = capabilities(),
  cmd = vim.g.kfunc_lsp_cmd or { vim.fn.fnamemodify(here .. '/../../../kfunc-lsp', ':p'), 'server' },
  filetypes = { 'c' },
  project_of = project_of,
  root_dir = function(buffer, start)
    local root = project_of(vim.api.nvim_buf_get_name(buffer))
    if root then start(root) end
  end,
}
