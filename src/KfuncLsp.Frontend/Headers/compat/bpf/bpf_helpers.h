#pragma once
#include_next <bpf/bpf_helpers.h>
#include "../kfunc_lsp_compat.h"
