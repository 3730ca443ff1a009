// posix_process.h - the module posix: descriptors, processes, users, limits.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
// ---- Descriptors ----
/// Close a descriptor.
KRT_FUNCTION(posix, "close(fd)", KRT_RUNS_PY)
Value krt_posix_close_py(int fd);
/// Close a range of descriptors, ignoring errors.
KRT_FUNCTION(posix, "closerange(fd_low, fd_high, /)", KRT_RUNS_PY)
Value krt_posix_closerange_py(int low, int high);
/// Read at most length bytes.
KRT_FUNCTION(posix, "read(fd, length, /)", KRT_RUNS_PY)
Value krt_posix_read_py(int fd, int64_t length);
/// Write bytes and return the number written.
KRT_FUNCTION(posix, "write(fd, data, /)", KRT_RUNS_PY)
Value krt_posix_write_py(int fd, Value data);
/// Read bytes at a position.
KRT_FUNCTION(posix, "pread(fd, length, offset, /)", KRT_RUNS_PY)
Value krt_posix_pread_py(int fd, int64_t length, int64_t offset);
/// Write bytes at a position.
KRT_FUNCTION(posix, "pwrite(fd, buffer, offset, /)", KRT_RUNS_PY)
Value krt_posix_pwrite_py(int fd, Value buffer, int64_t offset);
/// Read into several buffers, from a position.
KRT_FUNCTION(posix, "preadv(fd, buffers, offset, flags=0, /)", KRT_RUNS_PY)
Value krt_posix_preadv_py(int fd, Value buffers, int64_t offset, int flags);
/// Write several buffers, at a position.
KRT_FUNCTION(posix, "pwritev(fd, buffers, offset, flags=0, /)", KRT_RUNS_PY)
Value krt_posix_pwritev_py(int fd, Value buffers, int64_t offset, int flags);
/// Read into several buffers.
KRT_FUNCTION(posix, "readv(fd, buffers, /)", KRT_RUNS_PY)
Value krt_posix_readv_py(int fd, Value buffers);
/// Write several buffers.
KRT_FUNCTION(posix, "writev(fd, buffers, /)", KRT_RUNS_PY)
Value krt_posix_writev_py(int fd, Value buffers);
/// Change the position of a descriptor.
KRT_FUNCTION(posix, "lseek(fd, position, how, /)", KRT_RUNS_PY)
Value krt_posix_lseek_py(int fd, int64_t position, int how);
/// A copy of a descriptor.
KRT_FUNCTION(posix, "dup(fd, /)", KRT_RUNS_PY)
Value krt_posix_dup_py(int fd);
/// Make fd2 a copy of fd.
KRT_FUNCTION(posix, "dup2(fd, fd2, inheritable=True)", KRT_RUNS_PY)
Value krt_posix_dup2_py(int fd, int fd2, bool inheritable);
/// A pipe: (read end, write end).
KRT_FUNCTION(posix, "pipe()", KRT_RUNS_PY)
Value krt_posix_pipe_py();
/// A pipe with flags.
KRT_FUNCTION(posix, "pipe2(flags, /)", KRT_RUNS_PY)
Value krt_posix_pipe2_py(int flags);
/// Copy from one descriptor to another.
KRT_FUNCTION(posix, "sendfile(out_fd, in_fd, offset, count)", KRT_RUNS_PY)
Value krt_posix_sendfile_py(int out, int in, Value offset, int64_t count);
/// Copy bytes from one descriptor to another.
KRT_FUNCTION(posix, "copy_file_range(src, dst, count, offset_src=None, offset_dst=None)", KRT_RUNS_PY)
Value krt_posix_copyFileRange_py(int src, int dst, int64_t count, Value offsetSrc, Value offsetDst);
/// Write a file to its device.
KRT_FUNCTION(posix, "fsync(fd)", KRT_RUNS_PY)
Value krt_posix_fsync_py(Value fd);
/// Write the data of a file to its device.
KRT_FUNCTION(posix, "fdatasync(fd)", KRT_RUNS_PY)
Value krt_posix_fdatasync_py(Value fd);
/// Write all files to their devices.
KRT_FUNCTION(posix, "sync()", KRT_RUNS_PY)
Value krt_posix_sync_py();
/// Set the size of a descriptor's file.
KRT_FUNCTION(posix, "ftruncate(fd, length, /)", KRT_RUNS_PY)
Value krt_posix_ftruncate_py(int fd, int64_t length);
/// Change the current folder.
KRT_FUNCTION(posix, "fchdir(fd)", KRT_RUNS_PY)
Value krt_posix_fchdir_py(Value fd);
/// Change the permissions of a descriptor's file.
KRT_FUNCTION(posix, "fchmod(fd, mode)", KRT_RUNS_PY)
Value krt_posix_fchmod_py(int fd, int mode);
/// Change owner and group of a descriptor's file.
KRT_FUNCTION(posix, "fchown(fd, uid, gid)", KRT_RUNS_PY)
Value krt_posix_fchown_py(int fd, Value uid, Value gid);
/// Whether a descriptor is a terminal.
KRT_FUNCTION(posix, "isatty(fd, /)")
bool krt_posix_isatty(int fd);
/// The name of a terminal.
KRT_FUNCTION(posix, "ttyname(fd, /)", KRT_RUNS_PY)
Value krt_posix_ttyname_py(int fd);
/// Whether a process that is started inherits the descriptor.
KRT_FUNCTION(posix, "get_inheritable(fd, /)", KRT_RUNS_PY)
Value krt_posix_getInheritable_py(int fd);
/// Set whether a process that is started inherits the descriptor.
KRT_FUNCTION(posix, "set_inheritable(fd, inheritable, /)", KRT_RUNS_PY)
Value krt_posix_setInheritable_py(int fd, bool inheritable);
/// Whether calls with the descriptor may block.
KRT_FUNCTION(posix, "get_blocking(fd, /)", KRT_RUNS_PY)
Value krt_posix_getBlocking_py(int fd);
/// Set whether calls with the descriptor may block.
KRT_FUNCTION(posix, "set_blocking(fd, blocking, /)", KRT_RUNS_PY)
Value krt_posix_setBlocking_py(int fd, bool blocking);
/// Lock a part of a file.
KRT_FUNCTION(posix, "lockf(fd, command, length, /)", KRT_RUNS_PY)
Value krt_posix_lockf_py(int fd, int command, int64_t length);
/// The encoding of a terminal.
KRT_FUNCTION(posix, "device_encoding(fd)", KRT_RUNS_PY)
Value krt_posix_deviceEncoding_py(int fd);
/// Columns and lines of a terminal.
KRT_FUNCTION(posix, "get_terminal_size(fd=1, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_getTerminalSize_py(int fd);
/// A pair of terminals: (master, slave).
KRT_FUNCTION(posix, "openpty()", KRT_RUNS_PY)
Value krt_posix_openpty_py();
/// Tell how a file will be read.
KRT_FUNCTION(posix, "posix_fadvise(fd, offset, length, advice, /)", KRT_RUNS_PY)
Value krt_posix_posixFadvise_py(int fd, int64_t offset, int64_t length, int advice);
/// Make sure there is room for a part of a file.
KRT_FUNCTION(posix, "posix_fallocate(fd, offset, length, /)", KRT_RUNS_PY)
Value krt_posix_posixFallocate_py(int fd, int64_t offset, int64_t length);
/// A limit of the system that concerns a descriptor.
KRT_FUNCTION(posix, "fpathconf(fd, name, /)", KRT_RUNS_PY)
Value krt_posix_fpathconf_py(Value fd, Value name);
/// A file in memory.
KRT_FUNCTION(posix, "memfd_create(name, flags=1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_memfdCreate_py(Value name, int flags);
/// A device number from its parts.
KRT_FUNCTION(posix, "makedev(major, minor, /)") int64_t krt_posix_makedev(int64_t major, int64_t minor);
KRT_FUNCTION(posix, "major(device, /)") int64_t krt_posix_major(int64_t device);
KRT_FUNCTION(posix, "minor(device, /)") int64_t krt_posix_minor(int64_t device);

// ---- Processes ----
KRT_FUNCTION(posix, "getpid()") int64_t krt_posix_getpid();
KRT_FUNCTION(posix, "getppid()") int64_t krt_posix_getppid();
KRT_FUNCTION(posix, "getuid()") int64_t krt_posix_getuid();
KRT_FUNCTION(posix, "geteuid()") int64_t krt_posix_geteuid();
KRT_FUNCTION(posix, "getgid()") int64_t krt_posix_getgid();
KRT_FUNCTION(posix, "getegid()") int64_t krt_posix_getegid();
KRT_FUNCTION(posix, "getpgrp()") int64_t krt_posix_getpgrp();
KRT_FUNCTION(posix, "getpgid(pid)", KRT_RUNS_PY) Value krt_posix_getpgid_py(int pid);
KRT_FUNCTION(posix, "getsid(pid, /)", KRT_RUNS_PY) Value krt_posix_getsid_py(int pid);
KRT_FUNCTION(posix, "setsid()", KRT_RUNS_PY) Value krt_posix_setsid_py();
KRT_FUNCTION(posix, "setpgid(pid, pgrp, /)", KRT_RUNS_PY) Value krt_posix_setpgid_py(int pid, int group);
KRT_FUNCTION(posix, "setpgrp()", KRT_RUNS_PY) Value krt_posix_setpgrp_py();
KRT_FUNCTION(posix, "setuid(uid, /)", KRT_RUNS_PY) Value krt_posix_setuid_py(Value uid);
KRT_FUNCTION(posix, "seteuid(euid, /)", KRT_RUNS_PY) Value krt_posix_seteuid_py(Value uid);
KRT_FUNCTION(posix, "setgid(gid, /)", KRT_RUNS_PY) Value krt_posix_setgid_py(Value gid);
KRT_FUNCTION(posix, "setegid(egid, /)", KRT_RUNS_PY) Value krt_posix_setegid_py(Value gid);
KRT_FUNCTION(posix, "getgroups()", KRT_RUNS_PY) Value krt_posix_getgroups_py();
KRT_FUNCTION(posix, "getresuid()", KRT_RUNS_PY) Value krt_posix_getresuid_py();
KRT_FUNCTION(posix, "getresgid()", KRT_RUNS_PY) Value krt_posix_getresgid_py();
/// The name under which the user logged in.
KRT_FUNCTION(posix, "getlogin()", KRT_RUNS_PY) Value krt_posix_getlogin_py();
/// Send a signal to a process.
KRT_FUNCTION(posix, "kill(pid, signal, /)", KRT_RUNS_PY) Value krt_posix_kill_py(int64_t pid, int signal);
/// Send a signal to a process group.
KRT_FUNCTION(posix, "killpg(pgid, signal, /)", KRT_RUNS_PY)
Value krt_posix_killpg_py(int64_t group, int signal);
/// Make a child process: 0 in the child, its number in the parent.
KRT_FUNCTION(posix, "fork()", KRT_RUNS_PY) Value krt_posix_fork_py();
/// Register functions to be called around fork().
KRT_FUNCTION(posix, "register_at_fork(*, before=<null>, after_in_child=<null>, after_in_parent=<null>)",
             KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_registerAtFork_py(Value before, Value child, Value parent);
/// Become another program.
KRT_FUNCTION(posix, "execv(path, argv, /)", KRT_RUNS_PY) Value krt_posix_execv_py(Value path, Value argv);
/// Become another program, with an environment.
KRT_FUNCTION(posix, "execve(path, argv, env)", KRT_RUNS_PY)
Value krt_posix_execve_py(Value path, Value argv, Value env);
/// Start a program in a new process.
KRT_FUNCTION(posix,
             "posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=<null>, resetids=False, "
             "setsid=False, setsigmask=(), setsigdef=(), scheduler=<null>)",
             KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_posixSpawn_py(Value path, Value argv, Value env, Value actions, Value group, bool resetIds,
                              bool setSid, Value mask, Value defaults, Value scheduler);
/// As posix_spawn, with the program looked for along PATH.
KRT_FUNCTION(posix,
             "posix_spawnp(path, argv, env, /, *, file_actions=(), setpgroup=<null>, resetids=False, "
             "setsid=False, setsigmask=(), setsigdef=(), scheduler=<null>)",
             KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_posixSpawnp_py(Value path, Value argv, Value env, Value actions, Value group, bool resetIds,
                               bool setSid, Value mask, Value defaults, Value scheduler);
/// Wait for a child: (pid, status).
KRT_FUNCTION(posix, "waitpid(pid, options, /)", KRT_RUNS_PY)
Value krt_posix_waitpid_py(int64_t pid, int options);
/// Wait for any child: (pid, status).
KRT_FUNCTION(posix, "wait()", KRT_RUNS_PY) Value krt_posix_wait_py();
/// The exit code that a status means.
KRT_FUNCTION(posix, "waitstatus_to_exitcode(status)", KRT_RUNS_PY)
Value krt_posix_waitstatusToExitcode_py(int status);
KRT_FUNCTION(posix, "WCOREDUMP(status, /)") bool krt_posix_wcoredump(int status);
KRT_FUNCTION(posix, "WEXITSTATUS(status)") int64_t krt_posix_wexitstatus(int status);
KRT_FUNCTION(posix, "WIFCONTINUED(status)") bool krt_posix_wifcontinued(int status);
KRT_FUNCTION(posix, "WIFEXITED(status)") bool krt_posix_wifexited(int status);
KRT_FUNCTION(posix, "WIFSIGNALED(status)") bool krt_posix_wifsignaled(int status);
KRT_FUNCTION(posix, "WIFSTOPPED(status)") bool krt_posix_wifstopped(int status);
KRT_FUNCTION(posix, "WSTOPSIG(status)") int64_t krt_posix_wstopsig(int status);
KRT_FUNCTION(posix, "WTERMSIG(status)") int64_t krt_posix_wtermsig(int status);
/// End the process at once: nothing is flushed or cleaned up.
KRT_FUNCTION(posix, "_exit(status)", KRT_RUNS_PY) void krt_posix_exit_py(int status);
/// End the process with a core dump.
KRT_FUNCTION(posix, "abort()") void krt_posix_abort();
/// Run a command of the shell; its status.
KRT_FUNCTION(posix, "system(command)", KRT_RUNS_PY) Value krt_posix_system_py(Value command);
/// Add to the niceness of the process.
KRT_FUNCTION(posix, "nice(increment, /)", KRT_RUNS_PY) Value krt_posix_nice_py(int increment);
KRT_FUNCTION(posix, "getpriority(which, who)", KRT_RUNS_PY)
Value krt_posix_getpriority_py(int which, int who);
KRT_FUNCTION(posix, "setpriority(which, who, priority)", KRT_RUNS_PY)
Value krt_posix_setpriority_py(int which, int who, int priority);
KRT_FUNCTION(posix, "sched_yield()", KRT_RUNS_PY) Value krt_posix_schedYield_py();
KRT_FUNCTION(posix, "sched_get_priority_max(policy)", KRT_RUNS_PY)
Value krt_posix_schedPriorityMax_py(int policy);
KRT_FUNCTION(posix, "sched_get_priority_min(policy)", KRT_RUNS_PY)
Value krt_posix_schedPriorityMin_py(int policy);
KRT_FUNCTION(posix, "sched_getscheduler(pid, /)", KRT_RUNS_PY) Value krt_posix_schedGetscheduler_py(int pid);
/// The processors a process may use.
KRT_FUNCTION(posix, "sched_getaffinity(pid, /)", KRT_RUNS_PY) Value krt_posix_schedGetaffinity_py(int pid);
KRT_FUNCTION(posix, "sched_setaffinity(pid, mask, /)", KRT_RUNS_PY)
Value krt_posix_schedSetaffinity_py(int pid, Value mask);

// ---- The system ----
/// The number of processors, or None.
KRT_FUNCTION(posix, "cpu_count()") Value krt_posix_cpuCount();
/// The message of an error number.
KRT_FUNCTION(posix, "strerror(code, /)", KRT_COLLECTS, KRT_RAISES) Value krt_posix_strerror(int code);
/// Random bytes.
KRT_FUNCTION(posix, "urandom(size, /)", KRT_RUNS_PY) Value krt_posix_urandom_py(int64_t size);
/// Random bytes from the kernel.
KRT_FUNCTION(posix, "getrandom(size, flags=0)", KRT_RUNS_PY)
Value krt_posix_getrandom_py(int64_t size, int flags);
/// Change the mask of permissions; the old one.
KRT_FUNCTION(posix, "umask(mask, /)") int64_t krt_posix_umask(int mask);
/// Names of the system.
KRT_FUNCTION(posix, "uname()", KRT_RUNS_PY) Value krt_posix_uname_py();
/// Processor times of the process and its children.
KRT_FUNCTION(posix, "times()", KRT_RUNS_PY) Value krt_posix_times_py();
/// Average loads of the last 1, 5 and 15 minutes.
KRT_FUNCTION(posix, "getloadavg()", KRT_RUNS_PY) Value krt_posix_getloadavg_py();
/// A limit of the system.
KRT_FUNCTION(posix, "sysconf(name, /)", KRT_RUNS_PY) Value krt_posix_sysconf_py(Value name);
/// A text about the system.
KRT_FUNCTION(posix, "confstr(name, /)", KRT_RUNS_PY) Value krt_posix_confstr_py(Value name);
/// The file name of the terminal.
KRT_FUNCTION(posix, "ctermid()", KRT_COLLECTS, KRT_RAISES) Value krt_posix_ctermid();
/// Set a variable of the environment.
KRT_FUNCTION(posix, "putenv(name, value, /)", KRT_RUNS_PY) Value krt_posix_putenv_py(Value name, Value value);
/// Remove a variable of the environment.
KRT_FUNCTION(posix, "unsetenv(name, /)", KRT_RUNS_PY) Value krt_posix_unsetenv_py(Value name);
}

} // namespace krait
