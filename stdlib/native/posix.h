// posix.h - the module posix: files and folders by path. Descriptors are in posix_descriptors.h, processes in posix_process.h.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct DirEntry : Object {
  Value name, path;
  Value status, linkStatus; // stat results once asked for
  int32_t dirFd;            // -1: the path is complete
  uint8_t type;             // DT_*
  uint64_t inode;
};
struct ScandirIterator : Object {
  void *stream; // DIR; null once closed
  Value path;   // as given
  Str *prefix;  // of the entries' paths
  bool bytes;
  int32_t fd;
};

KRT_MODULE(posix, "Access to what the operating system offers.");
KRT_CLASS(dir_entry, "An entry of a folder, as scandir() gives it.");
KRT_CLASS(scandir_iterator, "The entries of a folder.");

extern "C" {
extern Class krt_dir_entry_class, krt_scandir_iterator_class;
KRT_MODULE_INIT(posix, KRT_RAISES, KRT_COLLECTS)
bool krt_posix_init(Module *module);

/// The status of a file.
KRT_FUNCTION(posix, "stat(path, *, dir_fd=None, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_stat_py(Value path, Value dirFd, bool follow);
/// The status of a file, or of a link itself.
KRT_FUNCTION(posix, "lstat(path, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_lstat_py(Value path, Value dirFd);
/// Whether the user may access the path that way.
KRT_FUNCTION(posix, "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_access_py(Value path, int mode, Value dirFd, bool effective, bool follow);
/// The names of the entries of a folder.
KRT_FUNCTION(posix, "listdir(path=None)", KRT_RUNS_PY)
Value krt_posix_listdir_py(Value path);
/// An iterator over the entries of a folder.
KRT_FUNCTION(posix, "scandir(path=None)", KRT_RUNS_PY)
Value krt_posix_scandir_py(Value path);
/// Make a folder.
KRT_FUNCTION(posix, "mkdir(path, mode=511, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_mkdir_py(Value path, int mode, Value dirFd);
/// Remove an empty folder.
KRT_FUNCTION(posix, "rmdir(path, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_rmdir_py(Value path, Value dirFd);
/// Remove a file.
KRT_FUNCTION(posix, "unlink(path, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_unlink_py(Value path, Value dirFd);
/// Remove a file.
KRT_FUNCTION(posix, "remove(path, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_remove_py(Value path, Value dirFd);
/// Give a file another name.
KRT_FUNCTION(posix, "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_rename_py(Value src, Value dst, Value srcDir, Value dstDir);
/// Give a file another name; what had it is replaced.
KRT_FUNCTION(posix, "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_replace_py(Value src, Value dst, Value srcDir, Value dstDir);
/// Make another name for a file.
KRT_FUNCTION(posix, "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_link_py(Value src, Value dst, Value srcDir, Value dstDir, bool follow);
/// Make a symbolic link.
KRT_FUNCTION(posix, "symlink(src, dst, target_is_directory=False, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_symlink_py(Value src, Value dst, bool folder, Value dirFd);
/// Where a symbolic link points to.
KRT_FUNCTION(posix, "readlink(path, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_readlink_py(Value path, Value dirFd);
/// Change the permissions of a file.
KRT_FUNCTION(posix, "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_chmod_py(Value path, int mode, Value dirFd, bool follow);
/// Change owner and group of a file.
KRT_FUNCTION(posix, "chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_chown_py(Value path, Value uid, Value gid, Value dirFd, bool follow);
/// Change owner and group of a file, or of a link itself.
KRT_FUNCTION(posix, "lchown(path, uid, gid)", KRT_RUNS_PY)
Value krt_posix_lchown_py(Value path, Value uid, Value gid);
/// Set the times of access and change.
KRT_FUNCTION(posix, "utime(path, times=None, *, ns=<null>, dir_fd=None, follow_symlinks=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_posix_utime_py(Value path, Value times, Value ns, Value dirFd, bool follow);
/// Set the size of a file.
KRT_FUNCTION(posix, "truncate(path, length)", KRT_RUNS_PY)
Value krt_posix_truncate_py(Value path, int64_t length);
/// Make a named pipe.
KRT_FUNCTION(posix, "mkfifo(path, mode=438, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_mkfifo_py(Value path, int mode, Value dirFd);
/// Make a node of the file system.
KRT_FUNCTION(posix, "mknod(path, mode=384, device=0, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_mknod_py(Value path, int mode, int64_t device, Value dirFd);
/// Open a file; a descriptor.
KRT_FUNCTION(posix, "open(path, flags, mode=511, *, dir_fd=None)", KRT_RUNS_PY)
Value krt_posix_open_py(Value path, int flags, int mode, Value dirFd);
/// The current folder.
KRT_FUNCTION(posix, "getcwd()", KRT_RUNS_PY)
Value krt_posix_getcwd_py();
/// The current folder as bytes.
KRT_FUNCTION(posix, "getcwdb()", KRT_RUNS_PY)
Value krt_posix_getcwdb_py();
/// Change the current folder.
KRT_FUNCTION(posix, "chdir(path)", KRT_RUNS_PY)
Value krt_posix_chdir_py(Value path);
/// Change the root folder.
KRT_FUNCTION(posix, "chroot(path)", KRT_RUNS_PY)
Value krt_posix_chroot_py(Value path);
/// What is known of the file system of a path.
KRT_FUNCTION(posix, "statvfs(path)", KRT_RUNS_PY)
Value krt_posix_statvfs_py(Value path);
/// What is known of the file system of a descriptor.
KRT_FUNCTION(posix, "fstatvfs(fd, /)", KRT_RUNS_PY)
Value krt_posix_fstatvfs_py(int fd);
/// The status of a descriptor's file.
KRT_FUNCTION(posix, "fstat(fd)", KRT_RUNS_PY)
Value krt_posix_fstat_py(int fd);
/// A limit of the system that concerns a path.
KRT_FUNCTION(posix, "pathconf(path, name)", KRT_RUNS_PY)
Value krt_posix_pathconf_py(Value path, Value name);
/// An extended attribute of a path.
KRT_FUNCTION(posix, "getxattr(path, attribute, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_getxattr_py(Value path, Value attribute, bool follow);
/// Set an extended attribute of a path.
KRT_FUNCTION(posix, "setxattr(path, attribute, value, flags=0, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_setxattr_py(Value path, Value attribute, Value value, int flags, bool follow);
/// Remove an extended attribute of a path.
KRT_FUNCTION(posix, "removexattr(path, attribute, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_removexattr_py(Value path, Value attribute, bool follow);
/// The names of the extended attributes of a path.
KRT_FUNCTION(posix, "listxattr(path=None, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_posix_listxattr_py(Value path, bool follow);
/// The path as str or bytes.
KRT_FUNCTION(posix, "fspath(path)", KRT_RUNS_PY)
Value krt_posix_fspath_py(Value path);
/// The path without "." and needless separators, ".." resolved as text.
KRT_FUNCTION(posix, "_path_normpath(path)", KRT_RUNS_PY)
Value krt_posix_pathNormpath_py(Value path);

KRT_GETTER(dir_entry, "name") Value krt_dir_entry_name(DirEntry *self);
KRT_GETTER(dir_entry, "path") Value krt_dir_entry_path(DirEntry *self);
/// Whether the entry is a folder.
KRT_METHOD(dir_entry, "is_dir(self, /, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_dir_entry_isDir_py(DirEntry *self, bool follow);
/// Whether the entry is a file.
KRT_METHOD(dir_entry, "is_file(self, /, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_dir_entry_isFile_py(DirEntry *self, bool follow);
/// Whether the entry is a symbolic link.
KRT_METHOD(dir_entry, "is_symlink(self, /)", KRT_RUNS_PY)
Value krt_dir_entry_isSymlink_py(DirEntry *self);
/// The status of the entry.
KRT_METHOD(dir_entry, "stat(self, /, *, follow_symlinks=True)", KRT_RUNS_PY)
Value krt_dir_entry_stat_py(DirEntry *self, bool follow);
/// The inode of the entry.
KRT_METHOD(dir_entry, "inode(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_dir_entry_inode(DirEntry *self);
KRT_METHOD(dir_entry, "__fspath__(self, /)")
Value krt_dir_entry_fspath(DirEntry *self);
KRT_METHOD(scandir_iterator, "__enter__(self, /)", KRT_NO_SIGNATURE)
Value krt_scandir_iterator_enter(ScandirIterator *self);
KRT_METHOD(scandir_iterator, "__exit__(self, /, *args)", KRT_NO_SIGNATURE)
Value krt_scandir_iterator_exit(ScandirIterator *self, ArgSpan args);
KRT_METHOD(scandir_iterator, "close(self, /)", KRT_NO_SIGNATURE)
Value krt_scandir_iterator_close(ScandirIterator *self);
}

/// Constants and classes of posix_process.cpp, part of the module's initialiser.
bool posixProcessInit(Module *module);

} // namespace krait
