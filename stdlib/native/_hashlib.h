// _hashlib.h - the module _hashlib: the hash functions of OpenSSL, HMAC, and derivation of keys.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct HashAlgorithm;
struct HashRun;
struct HmacRun;

/// A hash under way. What came so far is kept as it is while it is short; then the library has a state.
struct OpensslHash : Object {
  static constexpr size_t kRoom = 216;
  HashAlgorithm *algorithm;
  HashRun *run; // null: all is in pending
  uint32_t size;
  uint8_t pending[kRoom];
};
struct OpensslHmac : Object {
  HashAlgorithm *algorithm;
  HmacRun *run;
};

KRT_MODULE(_hashlib, "OpenSSL interface for hashlib module");
KRT_CLASS(openssl_hash,
          "A hash is an object used to calculate a checksum of a string of information.\n\nMethods:\n\n"
          "update() -- updates the current digest with an additional string\ndigest() -- return the current "
          "digest value\n"
          "hexdigest() -- return the current digest as a string of hexadecimal digits\n"
          "copy() -- return a copy of the current hash object\n\nAttributes:\n\n"
          "name -- the hash algorithm being used by this object\ndigest_size -- number of bytes in this "
          "hashes output");
KRT_CLASS(openssl_xof,
          "A hash is an object used to calculate a checksum of a string of information.\n\nMethods:\n\n"
          "update() -- updates the current digest with an additional string\n"
          "digest(length) -- return the current digest value\n"
          "hexdigest(length) -- return the current digest as a string of hexadecimal digits\n"
          "copy() -- return a copy of the current hash object\n\nAttributes:\n\n"
          "name -- the hash algorithm being used by this object\ndigest_size -- number of bytes in this "
          "hashes output");
KRT_CLASS(openssl_hmac, "The object used to calculate HMAC of a message.\n\nMethods:\n\n"
                        "update() -- updates the current digest with an additional string\ndigest() -- "
                        "return the current digest value\n"
                        "hexdigest() -- return the current digest as a string of hexadecimal digits\n"
                        "copy() -- return a copy of the current hash object\n\nAttributes:\n\n"
                        "name -- the name, including the hash algorithm used by this object\n"
                        "digest_size -- number of bytes in digest() output\n");

extern "C" {
extern Class krt_openssl_hash_class, krt_openssl_xof_class, krt_openssl_hmac_class;
KRT_MODULE_INIT(_hashlib, KRT_RAISES, KRT_COLLECTS) bool krt__hashlib_init(Module *module);

/// Return a new hash object using the named algorithm.
///
/// An optional string argument may be provided and will be
/// automatically hashed.
///
/// The MD5 and SHA1 algorithms are always supported.
KRT_FUNCTION(_hashlib, "new(name, string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_new_py(Value name, Value string, bool security);
/// Returns a md5 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_md5(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_md5_py(Value string, bool security);
/// Returns a sha1 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha1(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha1_py(Value string, bool security);
/// Returns a sha224 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha224(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha224_py(Value string, bool security);
/// Returns a sha256 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha256(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha256_py(Value string, bool security);
/// Returns a sha384 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha384(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha384_py(Value string, bool security);
/// Returns a sha512 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha512(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha512_py(Value string, bool security);
/// Returns a sha3-224 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha3_224(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha3_224_py(Value string, bool security);
/// Returns a sha3-256 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha3_256(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha3_256_py(Value string, bool security);
/// Returns a sha3-384 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha3_384(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha3_384_py(Value string, bool security);
/// Returns a sha3-512 hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_sha3_512(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_sha3_512_py(Value string, bool security);
/// Returns a shake-128 variable hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_shake_128(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_shake_128_py(Value string, bool security);
/// Returns a shake-256 variable hash object; optionally initialized with a string
KRT_FUNCTION(_hashlib, "openssl_shake_256(string=b'', *, usedforsecurity=True)", KRT_RUNS_PY)
Value krt__hashlib_shake_256_py(Value string, bool security);
/// Return a new hmac object.
KRT_FUNCTION(_hashlib, "hmac_new(key, msg=b'', digestmod=None)", KRT_RUNS_PY)
Value krt__hashlib_hmacNew_py(Value key, Value message, Value digestmod);
/// Single-shot HMAC.
KRT_FUNCTION(_hashlib, "hmac_digest(key, msg, digest)", KRT_RUNS_PY)
Value krt__hashlib_hmacDigest_py(Value key, Value message, Value digest);
/// Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.
KRT_FUNCTION(_hashlib, "pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)", KRT_RUNS_PY)
Value krt__hashlib_pbkdf2Hmac_py(Str *name, Value password, Value salt, Value iterations, Value length);
/// scrypt password-based key derivation function.
KRT_FUNCTION(_hashlib, "scrypt(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64)",
             KRT_RUNS_PY)
Value krt__hashlib_scrypt_py(Value password, Value salt, Value n, Value r, Value p, int64_t memory,
                             int64_t length);
/// Return 'a == b'.
///
/// This function uses an approach designed to prevent
/// timing analysis, making it appropriate for cryptography.
///
/// a and b must both be of the same type: either str (ASCII only),
/// or any bytes-like object.
///
/// Note: If a and b are of different lengths, or if an error occurs,
/// a timing attack could theoretically reveal information about the
/// types and lengths of a and b--but not their values.
KRT_FUNCTION(_hashlib, "compare_digest(a, b, /)", KRT_RUNS_PY)
Value krt__hashlib_compareDigest_py(Value a, Value b);
/// Determine the OpenSSL FIPS mode of operation.
///
/// For OpenSSL 3.0.0 and newer it returns the state of the default provider
/// in the default OSSL context. It's not quite the same as FIPS_mode() but good
/// enough for unittests.
///
/// Effectively any non-zero return value indicates FIPS mode;
/// values other than 1 may have additional significance.
KRT_FUNCTION(_hashlib, "get_fips_mode()", KRT_RAISES, KRT_COLLECTS) int64_t krt__hashlib_getFipsMode();

/// Update this hash object's state with the provided string.
KRT_METHOD(openssl_hash, "update(self, obj, /)", KRT_RUNS_PY)
Value krt_openssl_hash_update_py(Value self, Value obj);
/// Return the digest value as a bytes object.
KRT_METHOD(openssl_hash, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_hash_digest(Value self);
/// Return the digest value as a string of hexadecimal digits.
KRT_METHOD(openssl_hash, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_hash_hexdigest(Value self);
/// Return a copy of the hash object.
KRT_METHOD(openssl_hash, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_openssl_hash_copy(Value self);
KRT_GETTER(openssl_hash, "name", KRT_COLLECTS) Value krt_openssl_hash_name(Value self);
KRT_GETTER(openssl_hash, "digest_size", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_hash_digestSize(Value self);
KRT_GETTER(openssl_hash, "block_size", KRT_RAISES, KRT_COLLECTS) Value krt_openssl_hash_blockSize(Value self);

/// Return the digest value as a bytes object.
KRT_METHOD(openssl_xof, "digest(self, /, length)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_xof_digest(Value self, int64_t length);
/// Return the digest value as a string of hexadecimal digits.
KRT_METHOD(openssl_xof, "hexdigest(self, /, length)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_xof_hexdigest(Value self, int64_t length);
KRT_GETTER(openssl_xof, "digest_size", KRT_COLLECTS) Value krt_openssl_xof_digestSize(Value self);

/// Update the HMAC object with msg.
KRT_METHOD(openssl_hmac, "update(self, /, msg)", KRT_RUNS_PY)
Value krt_openssl_hmac_update_py(Value self, Value msg);
/// Return the digest of the bytes passed to the update() method so far.
KRT_METHOD(openssl_hmac, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_hmac_digest(Value self);
/// Return hexadecimal digest of the bytes passed to the update() method so far.
///
/// This may be used to exchange the value safely in email or other non-binary
/// environments.
KRT_METHOD(openssl_hmac, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_openssl_hmac_hexdigest(Value self);
/// Return a copy ("clone") of the HMAC object.
KRT_METHOD(openssl_hmac, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_openssl_hmac_copy(Value self);
KRT_GETTER(openssl_hmac, "name", KRT_RAISES, KRT_COLLECTS) Value krt_openssl_hmac_name(Value self);
KRT_GETTER(openssl_hmac, "digest_size", KRT_COLLECTS) Value krt_openssl_hmac_digestSize(Value self);
KRT_GETTER(openssl_hmac, "block_size", KRT_COLLECTS) Value krt_openssl_hmac_blockSize(Value self);
}

} // namespace krait
