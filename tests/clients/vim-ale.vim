" The diagnostic and a hover of expected.json in Vim with ALE. LSP_EXECUTABLE is the server's command, LSP_OUT takes what holds.
set nocompatible hidden noswapfile nomore shortmess+=I
set runtimepath^=/usr/share/vim-ale
let g:ale_lint_on_enter = 1
let g:ale_lint_delay = 0
let g:ale_hover_to_preview = 1
let g:ale_hover_to_floating_preview = 0
filetype plugin on

" What docs/editors/vim.md tells people to use.
call ale#linter#Define('c', {
\   'name': 'kfunc',
\   'lsp': 'stdio',
\   'executable': $LSP_EXECUTABLE,
\   'command': '%e server',
\   'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
\   'language': 'c',
\})
let g:ale_linters = {'c': ['kfunc']}

let s:out = []
func! s:Wait(F) abort
  let l:end = reltimefloat(reltime()) + 60
  while reltimefloat(reltime()) < l:end
    if a:F() | return 1 | endif
    sleep 50m
  endwhile
  return 0
endfunc
func! s:Check(what, holds) abort
  call add(s:out, (a:holds ? 'ok      ' : 'FAILED  ') . 'Vim with ALE: ' . a:what)
endfunc
func! s:Problems() abort
  return filter(copy(get(get(g:ale_buffer_info, bufnr('%'), {}), 'loclist', [])), {_, d -> d.linter_name ==# 'kfunc'})
endfunc
func! s:Previews() abort
  return filter(range(1, winnr('$')), {_, w -> getwinvar(w, '&previewwindow')})
endfunc
func! Main(timer) abort
  call s:Check('the diagnostic is shown at its line', s:Wait({-> !empty(filter(s:Problems(), {_, d -> d.text =~# 'is still owned here' && getline(d.lnum) =~# 'return 22'}))}))
  call cursor(1, 1)
  call search('bpf_task_from_pid(query')
  ALEHover
  let l:seen = s:Wait({-> !empty(s:Previews())})
  let l:text = join(map(s:Previews(), {_, w -> join(getbufline(winbufnr(w), 1, '$'), "\n")}), "\n")
  call s:Check('hover on a kfunc', l:seen && l:text =~# 'KF_ACQUIRE')
  pclose
  call writefile(s:out, $LSP_OUT)
  qall!
endfunc
autocmd VimEnter * call timer_start(200, 'Main')
