// _hashes.h - the modules _md5, _sha1, _sha256 and _sha512.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// A hash under way.
struct HashState : Object {
  uint64_t words[8];
  uint64_t total; // bytes so far
  uint8_t block[128];
};

KRT_MODULE(_md5, "The hash function MD5.");
KRT_MODULE(_sha1, "The hash function SHA-1.");
KRT_MODULE(_sha256, "The hash functions SHA-224 and SHA-256.");
KRT_MODULE(_sha512, "The hash functions SHA-384 and SHA-512.");

extern "C" {
extern Class krt_md5_class, krt_sha1_class, krt_sha224_class, krt_sha256_class, krt_sha384_class, krt_sha512_class;
KRT_MODULE_INIT(_md5)
bool krt__md5_init(Module *module);
KRT_MODULE_INIT(_sha1)
bool krt__sha1_init(Module *module);
KRT_MODULE_INIT(_sha256)
bool krt__sha256_init(Module *module);
KRT_MODULE_INIT(_sha512)
bool krt__sha512_init(Module *module);
/// A new MD5 hash, begun with the given bytes.
KRT_FUNCTION(_md5, "md5(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__md5_md5_py(Value string, bool security);
/// A new SHA1 hash, begun with the given bytes.
KRT_FUNCTION(_sha1, "sha1(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__sha1_sha1_py(Value string, bool security);
/// A new SHA224 hash, begun with the given bytes.
KRT_FUNCTION(_sha256, "sha224(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__sha256_sha224_py(Value string, bool security);
/// A new SHA256 hash, begun with the given bytes.
KRT_FUNCTION(_sha256, "sha256(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__sha256_sha256_py(Value string, bool security);
/// A new SHA384 hash, begun with the given bytes.
KRT_FUNCTION(_sha512, "sha384(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__sha512_sha384_py(Value string, bool security);
/// A new SHA512 hash, begun with the given bytes.
KRT_FUNCTION(_sha512, "sha512(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__sha512_sha512_py(Value string, bool security);

#define EACH(WHAT, ...) \
  WHAT(md5, __VA_ARGS__) WHAT(sha1, __VA_ARGS__) WHAT(sha224, __VA_ARGS__) WHAT(sha256, __VA_ARGS__) WHAT(sha384, __VA_ARGS__) WHAT(sha512, __VA_ARGS__)
/// Take in more bytes.
EACH(KRT_METHOD, "update(self, obj, /)", KRT_RUNS_PY)
Value krt_hash_update_py(Value self, Value obj);
/// The hash of what was taken in so far, as bytes.
EACH(KRT_METHOD, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_hash_digest(Value self);
/// The hash of what was taken in so far, in hexadecimal.
EACH(KRT_METHOD, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_hash_hexdigest(Value self);
/// A copy that goes on by itself.
EACH(KRT_METHOD, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_hash_copy(Value self);
EACH(KRT_GETTER, "name", KRT_COLLECTS) Value krt_hash_name(Value self);
EACH(KRT_GETTER, "digest_size", KRT_COLLECTS) Value krt_hash_digestSize(Value self);
EACH(KRT_GETTER, "block_size", KRT_COLLECTS) Value krt_hash_blockSize(Value self);
#undef EACH
}

} // namespace krait
