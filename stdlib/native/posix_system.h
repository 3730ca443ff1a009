// posix_system.h - the module posix: identities, scheduling, waiting with details, event descriptors,
// terminals.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <sys/types.h>

struct rusage;

namespace krait {

extern Class posixSchedParamClass; // os.sched_param
void posixSystemInit(Module *module);
/// sched_param(sched_priority)
Value posixMakeSchedParam(Class *cls, const Value *args, size_t nargs, Tuple *kwnames);
/// fork() or its like between the functions registered for it, while no other thread imports. The result of
/// [make], with errno; -1 with an exception pending.
pid_t posixForkBy_py(pid_t (*make)(int *), int *data);
/// As resource.struct_rusage.
Value rusageValue(const rusage &used);

extern "C" {
// ---- Users and groups ----
/// Set the real and effective user ids.
KRT_FUNCTION(posix, "setreuid(ruid, euid, /)", KRT_RUNS_PY)
Value krt_posix_setreuid_py(Value real, Value effective);
/// Set the real and effective group ids.
KRT_FUNCTION(posix, "setregid(rgid, egid, /)", KRT_RUNS_PY)
Value krt_posix_setregid_py(Value real, Value effective);
/// Set the real, effective and saved user ids.
KRT_FUNCTION(posix, "setresuid(ruid, euid, suid, /)", KRT_RUNS_PY)
Value krt_posix_setresuid_py(Value real, Value effective, Value saved);
/// Set the real, effective and saved group ids.
KRT_FUNCTION(posix, "setresgid(rgid, egid, sgid, /)", KRT_RUNS_PY)
Value krt_posix_setresgid_py(Value real, Value effective, Value saved);
/// Set the groups of the process.
KRT_FUNCTION(posix, "setgroups(groups, /)", KRT_RUNS_PY) Value krt_posix_setgroups_py(Value groups);
/// Set the groups of the process to those of a user.
KRT_FUNCTION(posix, "initgroups(username, gid, /)", KRT_RUNS_PY)
Value krt_posix_initgroups_py(Value username, Value gid);
/// Return the groups that a user belongs to.
KRT_FUNCTION(posix, "getgrouplist(user, group, /)", KRT_RUNS_PY)
Value krt_posix_getgrouplist_py(Str *user, Value group);

// ---- Scheduling ----
/// Return the scheduling parameters of a process.
KRT_FUNCTION(posix, "sched_getparam(pid, /)", KRT_RUNS_PY) Value krt_posix_schedGetparam_py(int pid);
/// Set the scheduling parameters of a process.
KRT_FUNCTION(posix, "sched_setparam(pid, param, /)", KRT_RUNS_PY)
Value krt_posix_schedSetparam_py(int pid, Value param);
/// Set the scheduling policy of a process.
KRT_FUNCTION(posix, "sched_setscheduler(pid, policy, param, /)", KRT_RUNS_PY)
Value krt_posix_schedSetscheduler_py(int pid, int policy, Value param);
/// Return the time slice of a process in seconds.
KRT_FUNCTION(posix, "sched_rr_get_interval(pid, /)", KRT_RUNS_PY)
Value krt_posix_schedRrGetInterval_py(int pid);

// ---- Processes ----
/// Wait for a child: (pid, status, resource usage).
KRT_FUNCTION(posix, "wait3(options)", KRT_RUNS_PY) Value krt_posix_wait3_py(int options);
/// Wait for a certain child: (pid, status, resource usage).
KRT_FUNCTION(posix, "wait4(pid, options)", KRT_RUNS_PY) Value krt_posix_wait4_py(int pid, int options);
/// Wait for children by process, group or descriptor; None if there is nothing to report with WNOHANG.
KRT_FUNCTION(posix, "waitid(idtype, id, options, /)", KRT_RUNS_PY)
Value krt_posix_waitid_py(int idtype, int id, int options);
/// Return a descriptor that stands for a process.
KRT_FUNCTION(posix, "pidfd_open(pid, flags=0)", KRT_RUNS_PY) Value krt_posix_pidfdOpen_py(int pid, int flags);
/// Fork with a new pseudo-terminal: (pid, descriptor of its other end).
KRT_FUNCTION(posix, "forkpty()", KRT_RUNS_PY) Value krt_posix_forkpty_py();

// ---- Terminals ----
/// Make the terminal the controlling one of a new session, and standard input, output and error.
KRT_FUNCTION(posix, "login_tty(fd, /)", KRT_RUNS_PY) Value krt_posix_loginTty_py(Value fd);
/// Return the foreground process group of a terminal.
KRT_FUNCTION(posix, "tcgetpgrp(fd, /)", KRT_RUNS_PY) Value krt_posix_tcgetpgrp_py(int fd);
/// Set the foreground process group of a terminal.
KRT_FUNCTION(posix, "tcsetpgrp(fd, pgid, /)", KRT_RUNS_PY) Value krt_posix_tcsetpgrp_py(int fd, int group);

// ---- Descriptors ----
/// Create a descriptor that counts events.
KRT_FUNCTION(posix, "eventfd(initval, flags=524288)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_eventfd_py(Value initval, int flags);
/// Read the count of an event descriptor.
KRT_FUNCTION(posix, "eventfd_read(fd)", KRT_RUNS_PY) Value krt_posix_eventfdRead_py(Value fd);
/// Add to the count of an event descriptor.
KRT_FUNCTION(posix, "eventfd_write(fd, value)", KRT_RUNS_PY)
Value krt_posix_eventfdWrite_py(Value fd, Value value);
/// Move bytes between descriptors, one of them a pipe, without copying.
KRT_FUNCTION(posix, "splice(src, dst, count, offset_src=None, offset_dst=None, flags=0)", KRT_RUNS_PY,
             KRT_NO_SIGNATURE)
Value krt_posix_splice_py(int src, int dst, int64_t count, Value offsetSrc, Value offsetDst, int flags);
}

} // namespace krait
