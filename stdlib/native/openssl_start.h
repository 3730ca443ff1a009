// openssl_start.h - what _hashlib and _ssl share of OpenSSL.
#pragma once

#include "runtime/object/errors.h"

namespace krait {

/// Before the first call of the library: its memory counts as held outside the heap, and nothing is torn down
/// at exit, where other threads may still be inside.
void openSslStart();
/// Raises [cls] with what the library says of its last error, and forgets its errors.
Value raiseOpenSsl(Class *cls);
/// Do the environment or the configuration file activate more than the default provider? Looks at them once,
/// without starting the library.
bool openSslIsConfigured();

} // namespace krait
