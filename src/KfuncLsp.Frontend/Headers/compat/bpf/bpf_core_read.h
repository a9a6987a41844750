#pragma once
#include_next <bpf/bpf_core_read.h>
#include "../kfunc_lsp_compat.h"
