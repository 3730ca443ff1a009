// errno.cpp - see errno.h in this folder.
#include "stdlib/native/errno.h"

#include "runtime/object/containers.h"
#include "runtime/object/str.h"
#include "stdlib/native/errno.bind.inc"

#include <cerrno>

namespace krait {

struct ErrorRow {
  const char *name;
  int number;
};
static const ErrorRow rows[] = {
#define E(name) {#name, name},
    E(E2BIG) E(EACCES) E(EADDRINUSE) E(EADDRNOTAVAIL) E(EADV) E(EAFNOSUPPORT) E(EAGAIN) E(EALREADY) E(EBADE) E(EBADF) E(EBADFD) E(EBADMSG)
    E(EBADR) E(EBADRQC) E(EBADSLT) E(EBFONT) E(EBUSY) E(ECANCELED) E(ECHILD) E(ECHRNG) E(ECOMM) E(ECONNABORTED) E(ECONNREFUSED) E(ECONNRESET)
    E(EDEADLK) E(EDEADLOCK) E(EDESTADDRREQ) E(EDOM) E(EDOTDOT) E(EDQUOT) E(EEXIST) E(EFAULT) E(EFBIG) E(EHOSTDOWN) E(EHOSTUNREACH) E(EIDRM)
    E(EILSEQ) E(EINPROGRESS) E(EINTR) E(EINVAL) E(EIO) E(EISCONN) E(EISDIR) E(EISNAM) E(EKEYEXPIRED) E(EKEYREJECTED) E(EKEYREVOKED) E(EL2HLT)
    E(EL2NSYNC) E(EL3HLT) E(EL3RST) E(ELIBACC) E(ELIBBAD) E(ELIBEXEC) E(ELIBMAX) E(ELIBSCN) E(ELNRNG) E(ELOOP) E(EMEDIUMTYPE) E(EMFILE)
    E(EMLINK) E(EMSGSIZE) E(EMULTIHOP) E(ENAMETOOLONG) E(ENAVAIL) E(ENETDOWN) E(ENETRESET) E(ENETUNREACH) E(ENFILE) E(ENOANO) E(ENOBUFS)
    E(ENOCSI) E(ENODATA) E(ENODEV) E(ENOENT) E(ENOEXEC) E(ENOKEY) E(ENOLCK) E(ENOLINK) E(ENOMEDIUM) E(ENOMEM) E(ENOMSG) E(ENONET) E(ENOPKG)
    E(ENOPROTOOPT) E(ENOSPC) E(ENOSR) E(ENOSTR) E(ENOSYS) E(ENOTBLK) E(ENOTCONN) E(ENOTDIR) E(ENOTEMPTY) E(ENOTNAM) E(ENOTRECOVERABLE)
    E(ENOTSOCK) E(ENOTSUP) E(ENOTTY) E(ENOTUNIQ) E(ENXIO) E(EOPNOTSUPP) E(EOVERFLOW) E(EOWNERDEAD) E(EPERM) E(EPFNOSUPPORT) E(EPIPE) E(EPROTO)
    E(EPROTONOSUPPORT) E(EPROTOTYPE) E(ERANGE) E(EREMCHG) E(EREMOTE) E(EREMOTEIO) E(ERESTART) E(ERFKILL) E(EROFS) E(ESHUTDOWN)
    E(ESOCKTNOSUPPORT) E(ESPIPE) E(ESRCH) E(ESRMNT) E(ESTALE) E(ESTRPIPE) E(ETIME) E(ETIMEDOUT) E(ETOOMANYREFS) E(ETXTBSY) E(EUCLEAN) E(EUNATCH)
    E(EUSERS) E(EWOULDBLOCK) E(EXDEV) E(EXFULL)
#undef E
};

bool krt_errno_init(Module *module) {
  Dict *codes = krt_dict_new();
  for (const ErrorRow &row : rows) {
    Str *name = strIntern(row.name);
    krt_dict_set_str(module->dict, name, smallInt(row.number));
    // Of two names for one number the table shows EAGAIN, EDEADLOCK and ENOTSUP.
    bool second = row.number == EAGAIN ? row.name[1] != 'A' : row.number == EDEADLK ? row.name[6] == 0 : row.number == ENOTSUP && row.name[1] == 'O';
    if (!second && krt_dict_set_py(codes, smallInt(row.number), name) < 0)
      return false;
  }
  krt_dict_set_str(module->dict, KSTR(errorcode), codes);
  return true;
}

} // namespace krait
