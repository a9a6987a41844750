-- Starts kfunc-lsp for BPF C files.
if vim.g.loaded_kfunc_lsp then return end
vim.g.loaded_kfunc_lsp = true

-- The definition of a kfunc, where no kernel tree is configured: what the registry knows of it, as a document.
vim.api.nvim_create_autocmd('BufReadCmd', {
  pattern = 'kfunc:/*',
  callback = function(event)
    local text
    for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
      if client.name == 'kfunc_lsp' then
        local ask = { 'workspace/textDocumentContent', { uri = event.file }, 5000, 0 }
        local answer
        if vim.fn.has('nvim-0.11') == 1 then answer = client:request_sync(unpack(ask)) else answer = client.request_sync(unpack(ask)) end
        text = answer and answer.result and answer.result.text or text
      end
    end
    vim.api.nvim_buf_set_lines(event.buf, 0, -1, false, vim.split(text or ('/* There is no ' .. event.file .. ' */'), '\n'))
    vim.bo[event.buf].buftype = 'nofile'
    vim.bo[event.buf].modifiable = false
    vim.bo[event.buf].syntax = 'c'
  end,
})

if vim.lsp.enable then
  vim.lsp.enable('kfunc_lsp')
  return
end

-- Neovim 0.7 to 0.10: one client for each project.
local file = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h') .. '/lsp/kfunc_lsp.lua'
local clients = {}
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'c',
  callback = function(event)
    local config = dofile(file)
    local root = config.project_of(vim.api.nvim_buf_get_name(event.buf))
    if not root then return end
    if not clients[root] or not vim.lsp.get_client_by_id(clients[root]) then
      clients[root] = vim.lsp.start_client({
        name = config.name, cmd = config.cmd, root_dir = root, capabilities = config.capabilities,
        workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
        on_exit = function() clients[root] = nil end,
      })
    end
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end,
})
