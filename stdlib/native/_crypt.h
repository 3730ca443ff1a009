// _crypt.h - the module _crypt: one-way hashes of passwords, by libcrypt.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_crypt, "Hashes of passwords, for the module crypt.");

extern "C" {
/// Hash a *word* with the given *salt* and return the hashed password.
///
/// *word* will usually be a user's password.  *salt* (either a random 2 or 16
/// character string, possibly prefixed with $digit$ to indicate the method)
/// will be used to perturb the encryption algorithm and produce distinct
/// results for a given *word*.
KRT_FUNCTION(_crypt, "crypt(word, salt, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__crypt_crypt(Str *word, Str *salt);
}

} // namespace krait
