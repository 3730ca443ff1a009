// hash_key.h - the process's key for hashing text and bytes: random unless PYTHONHASHSEED says otherwise.
#pragma once

#include "runtime/object/siphash.h"

namespace krait {

extern SipKey hashKeyValue;
extern bool hashKeyReady;
/// Reads PYTHONHASHSEED (unset, empty or "random": random; 0: none; else a seed). False if it is malformed: the key is random then.
bool hashKeyStart();

inline SipKey hashKey() {
  if (__builtin_expect(!hashKeyReady, 0))
    hashKeyStart();
  return hashKeyValue;
}

} // namespace krait
