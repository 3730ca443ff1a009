// _hashlib.cpp - see _hashlib.h. `hashlib` calls every constructor once as it is imported, to see which there
// are: a hash that nobody gave data to, and that need not be fit for security, does not touch the library.
#include "stdlib/native/_hashlib.h"

#include "runtime/abi/native.h"
#include "runtime/interp/global_lock.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "runtime/object/iteration.h"
#include "runtime/object/mapping_proxy.h"
#include "stdlib/native/_operator.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/openssl_start.h"
#include "stdlib/native/system_calls.h"

#include <cctype>
#include <climits>
#include <deque>
#include <mutex>
#include <string>

#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>

#include "stdlib/native/_hashlib.bind.inc"

namespace krait {

struct HashAlgorithm {
  std::string name;        // as Python has it
  std::string libraryName; // or what it was asked for by
  bool security;           // must a policy for security allow it?
  EVP_MD *md = nullptr;    // null: not looked up so far
  EVP_MD_CTX *scratch;     // for what ends before the lock is given up
  size_t size, block;      // in bytes; size is 0 if any number can be had
  bool xof;
};
/// The library's state of a hash; malloc'ed. The mutex is held during calls that the lock is given up for.
struct HashRun {
  EVP_MD_CTX *context = ::EVP_MD_CTX_new();
  std::mutex mutex;
  ~HashRun() { ::EVP_MD_CTX_free(context); }
};
/// RFC 2104: the hash of the message behind the key with one pad, and, still without it, behind the key with
/// the other.
struct HmacRun {
  HashRun inner, outer;
};

namespace {

constexpr size_t kLarge = 2048; // from that many bytes on the lock is given up

// ---- Algorithms -------------------------------------------------------------------------------------------

struct KnownName {
  const char *name, *libraryName;
  int nid;
};
constexpr KnownName knownNames[] = {
    {"md5", "MD5", NID_md5},
    {"sha1", "SHA1", NID_sha1},
    {"sha224", "SHA2-224", NID_sha224},
    {"sha256", "SHA2-256", NID_sha256},
    {"sha384", "SHA2-384", NID_sha384},
    {"sha512", "SHA2-512", NID_sha512},
    {"sha3_224", "SHA3-224", NID_sha3_224},
    {"sha3_256", "SHA3-256", NID_sha3_256},
    {"sha3_384", "SHA3-384", NID_sha3_384},
    {"sha3_512", "SHA3-512", NID_sha3_512},
    {"shake_128", "SHAKE-128", NID_shake128},
    {"shake_256", "SHAKE-256", NID_shake256}, // up to here there are constructors
    {"sha512_224", "SHA2-512/224", NID_sha512_224},
    {"sha512_256", "SHA2-512/256", NID_sha512_256},
    {"blake2b", "BLAKE2B-512", NID_blake2b512},
    {"blake2s", "BLAKE2S-256", NID_blake2s256},
};
constexpr size_t kConstructors = 12;
/// What the default provider has besides.
constexpr const char *otherNames[] = {"md5-sha1", "ripemd160", "sm3"};

/// All that were asked for; never moved or freed.
std::deque<HashAlgorithm> algorithms;

HashAlgorithm *findAlgorithm(std::string_view name, bool security) {
  for (HashAlgorithm &algorithm : algorithms)
    if (algorithm.security == security && (algorithm.libraryName == name || algorithm.name == name))
      return &algorithm;
  return nullptr;
}

std::string pythonName(const EVP_MD *md) {
  int nid = ::EVP_MD_get_type(md);
  for (const KnownName &known : knownNames)
    if (known.nid == nid)
      return known.name;
  const char *name = nid == NID_undef ? nullptr : ::OBJ_nid2ln(nid);
  return name ? name : ::EVP_MD_get0_name(md);
}

void adopt(HashAlgorithm &algorithm, EVP_MD *md) {
  algorithm.md = md;
  algorithm.scratch = ::EVP_MD_CTX_new();
  algorithm.xof = ::EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF;
  algorithm.size = algorithm.xof ? 0 : static_cast<size_t>(::EVP_MD_get_size(md));
  algorithm.block = static_cast<size_t>(::EVP_MD_get_block_size(md));
}

EVP_MD *fetch(const char *libraryName, bool security) {
  openSslStart();
  EVP_MD *md = ::EVP_MD_fetch(nullptr, libraryName, security ? nullptr : "-fips");
  if (!md)
    raiseOpenSsl(kValueError);
  return md;
}

/// Makes sure that the library has it; false with ValueError pending.
bool load(HashAlgorithm *algorithm) {
  if (__builtin_expect(algorithm->md != nullptr, 1))
    return true;
  EVP_MD *md = fetch(algorithm->libraryName.c_str(), algorithm->security);
  if (md)
    adopt(*algorithm, md);
  return md;
}

HashAlgorithm *addAlgorithm(std::string name, std::string libraryName, bool security) {
  return &algorithms.emplace_back(
      HashAlgorithm{.name = std::move(name), .libraryName = std::move(libraryName), .security = security});
}

/// One of the known names, in small or in capital letters, or null.
const KnownName *knownName(std::string_view name) {
  std::string small;
  bool capital = true;
  for (char c : name) {
    capital = capital && !std::islower(static_cast<unsigned char>(c));
    small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  for (const KnownName &known : knownNames)
    if (name == known.name || (capital && small == known.name))
      return &known;
  return nullptr;
}

/// The algorithm of a name as a program gives it, loaded; null with ValueError pending.
HashAlgorithm *algorithmOf(Str *text, bool security) {
  std::string name(strView(text));
  HashAlgorithm *algorithm = findAlgorithm(name, security);
  if (!algorithm) {
    if (const KnownName *known = knownName(name)) {
      algorithm = findAlgorithm(known->libraryName, security);
      if (!algorithm)
        algorithm = addAlgorithm(known->name, known->libraryName, security);
    }
  }
  if (algorithm)
    return load(algorithm) ? algorithm : nullptr;
  EVP_MD *md = fetch(name.c_str(), security);
  if (!md)
    return nullptr;
  algorithm = addAlgorithm(pythonName(md), name, security);
  adopt(*algorithm, md);
  return algorithm;
}

HashAlgorithm *constructed(size_t number, bool security) {
  static HashAlgorithm *made[kConstructors][2];
  HashAlgorithm *&algorithm = made[number][security];
  if (__builtin_expect(!algorithm, 0)) {
    const KnownName &known = knownNames[number];
    algorithm = findAlgorithm(known.libraryName, security);
    if (!algorithm)
      algorithm = addAlgorithm(known.name, known.libraryName, security);
  }
  return algorithm;
}

/// The constructors among the module's functions, in the order of knownNames.
Value constructors[kConstructors];

/// The algorithm that [digestmod] names or makes hashes of, loaded; null with an exception pending.
HashAlgorithm *algorithmOfModule(Value digestmod);

Class *unsupportedDigestmod;

// ---- Hashes ----------------------------------------------------------------------------------------------

/// A thread's turn at a state; without the lock while it waits.
class RunTurn {
public:
  explicit RunTurn(HashRun *run) : run_(run) {
    if (run->mutex.try_lock())
      return;
    LockReleased released;
    run->mutex.lock();
  }
  ~RunTurn() { run_->mutex.unlock(); }
  RunTurn(const RunTurn &) = delete;

private:
  HashRun *run_;
};

OpensslHash *hashOf(Value v) { return v.as<OpensslHash>(); }
OpensslHmac *hmacOf(Value v) { return v.as<OpensslHmac>(); }

bool succeeded(int code) {
  if (code == 1)
    return true;
  raiseOpenSsl(kValueError);
  return false;
}
bool begin(EVP_MD_CTX *context, const HashAlgorithm *algorithm) {
  return succeeded(::EVP_DigestInit_ex2(context, algorithm->md, nullptr));
}

/// False with an exception pending.
bool acquireInput_py(Value data, BytesLike *out) {
  if (strCheck(data)) {
    krt_raise(kTypeError, "Strings must be encoded before hashing");
    return false;
  }
  if (!krt_buffer_check(data)) {
    krt_raise(kTypeError, "object supporting the buffer API required");
    return false;
  }
  return out->acquire_py(data);
}

bool feed(HashRun *run, const uint8_t *data, size_t size) {
  RunTurn turn(run);
  if (size < kLarge)
    return succeeded(::EVP_DigestUpdate(run->context, data, size));
  int code = [&] {
    LockReleased released;
    return ::EVP_DigestUpdate(run->context, data, size);
  }();
  return succeeded(code);
}

/// Gives [self] a state of the library's, with what is pending; false with an exception pending.
bool startRun(OpensslHash *self) {
  krt_gc_outside_settle();
  auto *run = new HashRun;
  self->run = run;
  krt_gc_set_release(self, [](Object *dead) {
    delete static_cast<OpensslHash *>(dead)->run;
    static_cast<OpensslHash *>(dead)->run = nullptr;
  });
  if (!run->context)
    return krt_raise_memory(), false;
  return begin(run->context, self->algorithm) && feed(run, self->pending, self->size);
}

bool update(OpensslHash *self, const uint8_t *data, size_t size) {
  if (!self->run && size <= OpensslHash::kRoom - self->size) {
    if (size)
      std::memcpy(self->pending + self->size, data, size);
    self->size += static_cast<uint32_t>(size);
    return true;
  }
  return load(self->algorithm) && (self->run || startRun(self)) && feed(self->run, data, size);
}

OpensslHash *newHash(Class *cls, HashAlgorithm *algorithm) {
  auto *self = gcNewAtomic<OpensslHash>(*cls);
  self->algorithm = algorithm;
  self->run = nullptr;
  self->size = 0;
  return self;
}
Value startHash_py(HashAlgorithm *algorithm, Value data) {
  auto *self = newHash(algorithm->xof ? &krt_openssl_xof_class : &krt_openssl_hash_class, algorithm);
  if (!data)
    return self;
  BytesLike bytes;
  return acquireInput_py(data, &bytes) && update(self, bytes.data(), static_cast<size_t>(bytes.size()))
             ? Value(self)
             : Value();
}
Value construct_py(size_t number, Value data, bool security) {
  HashAlgorithm *algorithm = constructed(number, security);
  if (data || security || algorithm->md)
    return load(algorithm) ? startHash_py(algorithm, data) : Value();
  bool xof = knownNames[number].nid == NID_shake128 || knownNames[number].nid == NID_shake256;
  return newHash(xof ? &krt_openssl_xof_class : &krt_openssl_hash_class, algorithm);
}

/// The scratch context in the state of [self]; null with an exception pending.
EVP_MD_CTX *copyState(OpensslHash *self) {
  if (!load(self->algorithm))
    return nullptr;
  EVP_MD_CTX *scratch = self->algorithm->scratch;
  if (!self->run)
    return begin(scratch, self->algorithm) &&
                   succeeded(::EVP_DigestUpdate(scratch, self->pending, self->size))
               ? scratch
               : nullptr;
  RunTurn turn(self->run);
  return succeeded(::EVP_MD_CTX_copy_ex(scratch, self->run->context)) ? scratch : nullptr;
}
bool finish(OpensslHash *self, uint8_t *out) {
  EVP_MD_CTX *context = copyState(self);
  return context && succeeded(::EVP_DigestFinal_ex(context, out, nullptr));
}
Bytes *finishXof(OpensslHash *self, int64_t length) {
  EVP_MD_CTX *context = copyState(self);
  if (!context)
    return nullptr;
  Bytes *out = TRY(krt_bytes_raw(static_cast<size_t>(length)));
  return succeeded(::EVP_DigestFinalXOF(context, out->data, static_cast<size_t>(length))) ? out : nullptr;
}

Value hexText(const uint8_t *data, size_t size) {
  KRT_ALLOW_PY("without a separator nothing of the program runs");
  return krt_buffer_hex_py(data, static_cast<int64_t>(size), {}, 1);
}

Value hashRepr(Value self) {
  return krt_str_format("<%s %T object @ %p>", hashOf(self)->algorithm->name.c_str(), self,
                        self.as<Object>());
}

// ---- HMAC -------------------------------------------------------------------------------------------

/// The key in a whole block, or its hash if it is longer; false with an exception pending.
bool fillKey(const HashAlgorithm *algorithm, const BytesLike &key, uint8_t *block) {
  auto size = static_cast<size_t>(key.size());
  std::memset(block, 0, algorithm->block);
  if (size > algorithm->block)
    return begin(algorithm->scratch, algorithm) &&
           succeeded(::EVP_DigestUpdate(algorithm->scratch, key.data(), size)) &&
           succeeded(::EVP_DigestFinal_ex(algorithm->scratch, block, nullptr));
  if (size)
    std::memcpy(block, key.data(), size);
  return true;
}
constexpr uint8_t kInnerPad = 0x36, kOuterPad = 0x5c;
constexpr size_t kMaxBlock = 256;

bool beginPadded(EVP_MD_CTX *context, const HashAlgorithm *algorithm, const uint8_t *key, uint8_t pad) {
  uint8_t padded[kMaxBlock];
  for (size_t i = 0; i < algorithm->block; ++i)
    padded[i] = key[i] ^ pad;
  return begin(context, algorithm) && succeeded(::EVP_DigestUpdate(context, padded, algorithm->block));
}
/// Behind the key's outer pad comes the inner hash.
bool finishOuter(EVP_MD_CTX *context, const HashAlgorithm *algorithm, uint8_t *hash) {
  return succeeded(::EVP_DigestUpdate(context, hash, algorithm->size)) &&
         succeeded(::EVP_DigestFinal_ex(context, hash, nullptr));
}

/// Can there be an HMAC of it? As for the library's own: ValueError for functions of variable size.
bool servesHmac(const HashAlgorithm *algorithm) {
  if (!algorithm->xof && algorithm->block <= kMaxBlock)
    return true;
  krt_raise(kValueError, "no reason supplied");
  return false;
}

OpensslHmac *newHmac(HashAlgorithm *algorithm) {
  krt_gc_outside_settle();
  auto *self = gcNewAtomic<OpensslHmac>(krt_openssl_hmac_class);
  self->algorithm = algorithm;
  self->run = new HmacRun;
  krt_gc_set_release(self, [](Object *dead) { delete static_cast<OpensslHmac *>(dead)->run; });
  if (self->run->inner.context && self->run->outer.context)
    return self;
  krt_raise_memory();
  return nullptr;
}

bool finishHmac(OpensslHmac *self, uint8_t *out) {
  EVP_MD_CTX *scratch = self->algorithm->scratch;
  {
    RunTurn turn(&self->run->inner);
    if (!succeeded(::EVP_MD_CTX_copy_ex(scratch, self->run->inner.context)))
      return false;
  }
  return succeeded(::EVP_DigestFinal_ex(scratch, out, nullptr)) &&
         succeeded(::EVP_MD_CTX_copy_ex(scratch, self->run->outer.context)) &&
         finishOuter(scratch, self->algorithm, out);
}

Value refuseNew(Class *cls, const Value *, size_t, Tuple *) {
  return krt_raise(kTypeError, "cannot create '%.100N' instances", cls);
}

Value hmacRepr(Value self) {
  return krt_str_format("<%s HMAC object @ %p>", hmacOf(self)->algorithm->name.c_str(), self.as<Object>());
}

// ---- Arguments of key derivation ------------------------------------------------------------------------

/// An integer argument of scrypt that must be given and be positive; false with an exception pending.
bool unsignedArgument(Value given, const char *name, uint64_t *out) {
  if (given != kNone && !krt_int_check(given)) {
    krt_raise(kTypeError, "scrypt() argument '%s' must be int, not %T", name, given);
    return false;
  }
  if (given != kNone && krt_int_to_u64(krt_int_plain(given), out) && *out)
    return true;
  krt_raise(kTypeError, "%s is required and must be an unsigned int", name);
  return false;
}

HashAlgorithm *algorithmOfModule(Value digestmod) {
  if (strCheck(digestmod))
    return algorithmOf(digestmod.as<Str>(), true);
  for (size_t i = 0; i < kConstructors; ++i)
    if (digestmod == constructors[i]) {
      HashAlgorithm *algorithm = constructed(i, true);
      return load(algorithm) ? algorithm : nullptr;
    }
  krt_raise(unsupportedDigestmod, "Unsupported digestmod %R", digestmod);
  return nullptr;
}

} // namespace

// ---- The module's functions -------------------------------------------------------------------------

Value krt__hashlib_new_py(Value name, Value string, bool security) {
  if (!strCheck(name))
    return krt_raise(kTypeError, "name must be a string");
  return startHash_py(TRY(algorithmOf(name.as<Str>(), security)), string);
}
Value krt__hashlib_md5_py(Value string, bool security) { return construct_py(0, string, security); }
Value krt__hashlib_sha1_py(Value string, bool security) { return construct_py(1, string, security); }
Value krt__hashlib_sha224_py(Value string, bool security) { return construct_py(2, string, security); }
Value krt__hashlib_sha256_py(Value string, bool security) { return construct_py(3, string, security); }
Value krt__hashlib_sha384_py(Value string, bool security) { return construct_py(4, string, security); }
Value krt__hashlib_sha512_py(Value string, bool security) { return construct_py(5, string, security); }
Value krt__hashlib_sha3_224_py(Value string, bool security) { return construct_py(6, string, security); }
Value krt__hashlib_sha3_256_py(Value string, bool security) { return construct_py(7, string, security); }
Value krt__hashlib_sha3_384_py(Value string, bool security) { return construct_py(8, string, security); }
Value krt__hashlib_sha3_512_py(Value string, bool security) { return construct_py(9, string, security); }
Value krt__hashlib_shake_128_py(Value string, bool security) { return construct_py(10, string, security); }
Value krt__hashlib_shake_256_py(Value string, bool security) { return construct_py(11, string, security); }

Value krt__hashlib_hmacNew_py(Value key, Value message, Value digestmod) {
  BytesLike keyBytes, bytes;
  if (!keyBytes.acquire_py(key))
    return {};
  if (keyBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "key is too long.");
  if (!digestmod || digestmod == kNone)
    return krt_raise(kTypeError, "Missing required parameter 'digestmod'.");
  HashAlgorithm *algorithm = TRY(algorithmOfModule(digestmod));
  uint8_t block[kMaxBlock];
  if (!servesHmac(algorithm) || !fillKey(algorithm, keyBytes, block))
    return {};
  OpensslHmac *self = TRY(newHmac(algorithm));
  if (!beginPadded(self->run->inner.context, algorithm, block, kInnerPad) ||
      !beginPadded(self->run->outer.context, algorithm, block, kOuterPad))
    return {};
  if (!message || message == kNone)
    return self;
  bool fed = acquireInput_py(message, &bytes) &&
             feed(&self->run->inner, bytes.data(), static_cast<size_t>(bytes.size()));
  return fed ? Value(self) : Value();
}

Value krt__hashlib_hmacDigest_py(Value key, Value message, Value digest) {
  BytesLike keyBytes, bytes;
  if (!keyBytes.acquire_py(key) || !bytes.acquire_py(message))
    return {};
  HashAlgorithm *algorithm = TRY(algorithmOfModule(digest));
  if (keyBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "key is too long.");
  if (bytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "msg is too long.");
  uint8_t block[kMaxBlock], out[EVP_MAX_MD_SIZE];
  if (!servesHmac(algorithm) || !fillKey(algorithm, keyBytes, block))
    return {};
  auto size = static_cast<size_t>(bytes.size());
  bool small = size < kLarge; // then no other thread gets at the scratch context meanwhile
  HashRun own;
  EVP_MD_CTX *context = small ? algorithm->scratch : own.context;
  if (!context)
    return krt_raise_memory();
  if (!beginPadded(context, algorithm, block, kInnerPad))
    return {};
  int code = [&] {
    if (small)
      return ::EVP_DigestUpdate(context, bytes.data(), size);
    LockReleased released;
    return ::EVP_DigestUpdate(context, bytes.data(), size);
  }();
  if (!succeeded(code) || !succeeded(::EVP_DigestFinal_ex(context, out, nullptr)) ||
      !beginPadded(context, algorithm, block, kOuterPad) || !finishOuter(context, algorithm, out))
    return {};
  return krt_bytes_new(out, algorithm->size);
}

Value krt__hashlib_pbkdf2Hmac_py(Str *name, Value password, Value salt, Value iterations, Value length) {
  BytesLike passwordBytes, saltBytes;
  int64_t rounds, size;
  if (!passwordBytes.acquire_py(password) || !saltBytes.acquire_py(salt) ||
      !longArgument_py(iterations, &rounds))
    return {};
  HashAlgorithm *algorithm = TRY(algorithmOf(name, true));
  if (passwordBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "password is too long.");
  if (saltBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "salt is too long.");
  if (rounds < 1)
    return krt_raise(kValueError, "iteration value must be greater than 0.");
  if (rounds > INT_MAX)
    return krt_raise(kOverflowError, "iteration value is too great.");
  if (!length || length == kNone)
    size = static_cast<int64_t>(algorithm->size);
  else if (!longArgument_py(length, &size))
    return {};
  if (algorithm->xof)
    return krt_raise(kValueError, "no reason supplied");
  if (size < 1)
    return krt_raise(kValueError, "key length must be greater than 0.");
  if (size > INT_MAX)
    return krt_raise(kOverflowError, "key length is too great.");
  Bytes *out = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int code = [&] {
    LockReleased released;
    return ::PKCS5_PBKDF2_HMAC(reinterpret_cast<const char *>(passwordBytes.data()),
                               static_cast<int>(passwordBytes.size()), saltBytes.data(),
                               static_cast<int>(saltBytes.size()), static_cast<int>(rounds), algorithm->md,
                               static_cast<int>(size), out->data);
  }();
  return succeeded(code) ? Value(out) : Value();
}

Value krt__hashlib_scrypt_py(Value password, Value salt, Value n, Value r, Value p, int64_t memory,
                             int64_t length) {
  BytesLike passwordBytes, saltBytes;
  if (!passwordBytes.acquire_py(password))
    return {};
  if (!salt || salt == kNone)
    return krt_raise(kTypeError, "salt is required");
  uint64_t cost, blocks, lanes;
  if (!saltBytes.acquire_py(salt))
    return {};
  if (passwordBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "password is too long.");
  if (saltBytes.size() > INT_MAX)
    return krt_raise(kOverflowError, "salt is too long.");
  if (!unsignedArgument(n, "n", &cost))
    return {};
  if (cost < 2 || cost & (cost - 1))
    return krt_raise(kValueError, "n must be a power of 2.");
  if (!unsignedArgument(r, "r", &blocks) || !unsignedArgument(p, "p", &lanes))
    return {};
  // A smaller limit keeps OpenSSL from overflows, as its callers are told to see to.
  if (memory < 0 || memory > INT_MAX)
    return krt_raise(kValueError, "maxmem must be positive and smaller than %d", INT_MAX);
  if (length < 1 || length > INT_MAX)
    return krt_raise(kValueError, "dklen must be greater than 0 and smaller than %d", INT_MAX);
  openSslStart();
  // Without a key only the parameters are looked at.
  if (!succeeded(::EVP_PBE_scrypt(nullptr, 0, nullptr, 0, cost, blocks, lanes, static_cast<uint64_t>(memory),
                                  nullptr, 0)))
    return {};
  Bytes *out = TRY(krt_bytes_raw(static_cast<size_t>(length)));
  int code = [&] {
    LockReleased released;
    return ::EVP_PBE_scrypt(reinterpret_cast<const char *>(passwordBytes.data()),
                            static_cast<size_t>(passwordBytes.size()), saltBytes.data(),
                            static_cast<size_t>(saltBytes.size()), cost, blocks, lanes,
                            static_cast<uint64_t>(memory), out->data, static_cast<size_t>(length));
  }();
  return succeeded(code) ? Value(out) : Value();
}

Value krt__hashlib_compareDigest_py(Value a, Value b) { return krt__operator_compareDigest_py(a, b); }

int64_t krt__hashlib_getFipsMode() {
  openSslStart();
  return ::EVP_default_properties_is_fips_enabled(nullptr);
}

// ---- Methods ----------------------------------------------------------------------------------------

Value krt_openssl_hash_update_py(Value self, Value data) {
  BytesLike bytes;
  bool fed =
      acquireInput_py(data, &bytes) && update(hashOf(self), bytes.data(), static_cast<size_t>(bytes.size()));
  return fed ? kNone : Value();
}
Value krt_openssl_hash_digest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finish(hashOf(self), out) ? Value(krt_bytes_new(out, hashOf(self)->algorithm->size)) : Value();
}
Value krt_openssl_hash_hexdigest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finish(hashOf(self), out) ? hexText(out, hashOf(self)->algorithm->size) : Value();
}
Value krt_openssl_hash_copy(Value v) {
  OpensslHash *self = hashOf(v), *copy = newHash(classOf(v), self->algorithm);
  if (!self->run) {
    copy->size = self->size;
    std::memcpy(copy->pending, self->pending, self->size);
    return copy;
  }
  if (!startRun(copy))
    return {};
  RunTurn turn(self->run);
  return succeeded(::EVP_MD_CTX_copy_ex(copy->run->context, self->run->context)) ? Value(copy) : Value();
}
Value krt_openssl_hash_name(Value self) { return strIntern(hashOf(self)->algorithm->name); }
Value krt_openssl_hash_digestSize(Value self) {
  HashAlgorithm *algorithm = hashOf(self)->algorithm;
  return load(algorithm) ? smallInt(static_cast<int64_t>(algorithm->size)) : Value();
}
Value krt_openssl_hash_blockSize(Value self) {
  HashAlgorithm *algorithm = hashOf(self)->algorithm;
  return load(algorithm) ? smallInt(static_cast<int64_t>(algorithm->block)) : Value();
}

Value krt_openssl_xof_digest(Value self, int64_t length) {
  if (length < 0)
    return krt_raise(kSystemError, "Negative size passed to PyBytes_FromStringAndSize");
  return TRY(finishXof(hashOf(self), length));
}
Value krt_openssl_xof_hexdigest(Value self, int64_t length) {
  if (length < 0)
    return krt_raise_memory();
  return hexText(TRY(finishXof(hashOf(self), length))->data, static_cast<size_t>(length));
}
Value krt_openssl_xof_digestSize(Value) { return smallInt(0); }

Value krt_openssl_hmac_update_py(Value self, Value message) {
  BytesLike bytes;
  bool fed = acquireInput_py(message, &bytes) &&
             feed(&hmacOf(self)->run->inner, bytes.data(), static_cast<size_t>(bytes.size()));
  return fed ? kNone : Value();
}
Value krt_openssl_hmac_digest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finishHmac(hmacOf(self), out) ? Value(krt_bytes_new(out, hmacOf(self)->algorithm->size)) : Value();
}
Value krt_openssl_hmac_hexdigest(Value self) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finishHmac(hmacOf(self), out) ? hexText(out, hmacOf(self)->algorithm->size) : Value();
}
Value krt_openssl_hmac_copy(Value v) {
  OpensslHmac *self = hmacOf(v), *copy = TRY(newHmac(self->algorithm));
  RunTurn turn(&self->run->inner);
  bool copied = succeeded(::EVP_MD_CTX_copy_ex(copy->run->inner.context, self->run->inner.context)) &&
                succeeded(::EVP_MD_CTX_copy_ex(copy->run->outer.context, self->run->outer.context));
  return copied ? Value(copy) : Value();
}
Value krt_openssl_hmac_name(Value self) { return strFrom("hmac-" + hmacOf(self)->algorithm->name); }
Value krt_openssl_hmac_digestSize(Value self) {
  return smallInt(static_cast<int64_t>(hmacOf(self)->algorithm->size));
}
Value krt_openssl_hmac_blockSize(Value self) {
  return smallInt(static_cast<int64_t>(hmacOf(self)->algorithm->block));
}

extern "C" {
Class krt_openssl_hash_class = {
    .flags = kClassBase,
    .nativeName = "_hashlib.HASH",
    .basicSize = sizeof(OpensslHash),
    .slots = {.repr = hashRepr, .make = refuseNew},
    .methods = krt_openssl_hash_defs,
    .doc = krt_openssl_hash_doc,
};
Class krt_openssl_xof_class = {
    .flags = kClassBase,
    .nativeName = "_hashlib.HASHXOF",
    .base = &krt_openssl_hash_class,
    .basicSize = sizeof(OpensslHash),
    .slots = {.repr = hashRepr, .make = refuseNew},
    .methods = krt_openssl_xof_defs,
    .doc = krt_openssl_xof_doc,
};
Class krt_openssl_hmac_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_hashlib.HMAC",
    .basicSize = sizeof(OpensslHmac),
    .slots = {.repr = hmacRepr},
    .methods = krt_openssl_hmac_defs,
    .doc = krt_openssl_hmac_doc,
};
}

namespace {

bool addName(Set *names, std::string_view name) {
  KRT_ALLOW_PY("names are exact strings");
  return krt_set_add_py(names, strIntern(name)) >= 0;
}

/// What new() takes. Usually that is what the default provider has, and the library need not be asked.
Value methodNames() {
  Set *names = krt_set_new(&krt_frozenset_class);
  if (!openSslIsConfigured()) {
    for (const KnownName &known : knownNames)
      addName(names, known.name);
    for (const char *name : otherNames)
      addName(names, name);
    return names;
  }
  openSslStart();
  ::EVP_MD_do_all_provided(
      nullptr,
      [](EVP_MD *md, void *data) {
        if (::EVP_MD_get_type(md) != NID_undef)
          addName(static_cast<Set *>(data), pythonName(md));
      },
      names);
  return names;
}

} // namespace

bool krt__hashlib_init(Module *module) {
  KRT_ALLOW_PY("keys are exact strings and native functions");
  for (Class *cls : {&krt_openssl_hash_class, &krt_openssl_xof_class, &krt_openssl_hmac_class})
    addClass(module, cls);
  if (!addException(module, &unsupportedDigestmod, "_hashlib", "UnsupportedDigestmodError", kValueError))
    return false;
  Dict *names = krt_dict_new();
  for (size_t i = 0; i < kConstructors; ++i) {
    Str *name = strIntern(std::string("openssl_") + knownNames[i].name);
    constructors[i] = krt_dict_get_str(module->dict, name);
    if (krt_dict_set_py(names, constructors[i], strIntern(knownNames[i].name)) < 0)
      return false;
  }
  krt_dict_set_str(module->dict, KSTR(_constructors), krt_mapping_proxy_new(names));
  krt_dict_set_str(module->dict, KSTR(openssl_md_meth_names), methodNames());
  return true;
}

} // namespace krait
