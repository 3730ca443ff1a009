// _crypt.cpp - see _crypt.h.
#include "stdlib/native/_crypt.h"

#include "stdlib/native/_crypt.bind.inc"
#include "stdlib/native/system_calls.h"

#include <crypt.h>

#include <memory>

namespace krait {

Value krt__crypt_crypt(Str *word, Str *salt) {
  size_t size;
  const char *secret = TRY(krt_str_utf8(word, &size)), *with = TRY(krt_str_utf8(salt, &size));
  auto room = std::make_unique<crypt_data>(); // 32 kB: not for the stack
  char *hash;
  {
    LockReleased released;
    hash = ::crypt_r(secret, with, room.get());
  }
  return hash ? Value(strFrom(hash)) : krt_raise_errno(errno, {}, {});
}

} // namespace krait
