#pragma once
#include_next <bpf/bpf_tracing.h>
#include "../kfunc_lsp_compat.h"
