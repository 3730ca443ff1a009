// syslog.h - the module syslog: messages to the system's log.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(syslog, "Messages to the system's log.");

extern "C" {
KRT_MODULE_INIT(syslog) bool krt_syslog_init(Module *module);
KRT_FUNCTION(syslog, "syslog(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_syslog_syslog_py(ArgSpan args);
KRT_FUNCTION(syslog, "openlog(ident=<null>, logoption=0, facility=8)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_syslog_openlog_py(Str *ident, int64_t logoption, int64_t facility);
KRT_FUNCTION(syslog, "closelog()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_syslog_closelog_py();
KRT_FUNCTION(syslog, "setlogmask(mask, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_syslog_setlogmask_py(int64_t mask);
KRT_FUNCTION(syslog, "LOG_MASK(mask, /)", KRT_NO_SIGNATURE) int64_t krt_syslog_mask(int64_t mask);
KRT_FUNCTION(syslog, "LOG_UPTO(mask, /)", KRT_NO_SIGNATURE) int64_t krt_syslog_upto(int64_t mask);
}

} // namespace krait
