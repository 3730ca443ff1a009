// _hashes.cpp - MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4).
#include "stdlib/native/_hashes.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/str.h"
#include "stdlib/native/_hashes.bind.inc"

#include <bit>
#include <cmath>

namespace krait {

namespace {

struct HashKind {
  Class *cls;
  const char *name;
  uint8_t digestSize, blockSize;
  bool wide, little; // 64-bit words; low byte first
  void (*block)(uint64_t *words, const uint8_t *data);
  uint64_t start[8];
};

template <typename T> T loadBig(const uint8_t *p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  if constexpr (sizeof(T) == 4)
    return __builtin_bswap32(value);
  else
    return __builtin_bswap64(value);
}

// ---- MD5 ----------------------------------------------------------------------------------------------------------

/// floor(2^32 |sin(i + 1)|), as the standard defines the constants.
struct SineTable {
  uint32_t k[64];
  SineTable() {
    for (int i = 0; i < 64; i++)
      k[i] = static_cast<uint32_t>(std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
  }
};
void md5Block(uint64_t *words, const uint8_t *data) {
  static const SineTable sine;
  static constexpr uint8_t turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t w[16];
  std::memcpy(w, data, sizeof w);
  auto a = static_cast<uint32_t>(words[0]), b = static_cast<uint32_t>(words[1]), c = static_cast<uint32_t>(words[2]), d = static_cast<uint32_t>(words[3]);
  for (int i = 0; i < 64; i++) {
    uint32_t f;
    int g;
    switch (i / 16) {
    case 0: f = (b & c) | (~b & d), g = i; break;
    case 1: f = (d & b) | (~d & c), g = (5 * i + 1) % 16; break;
    case 2: f = b ^ c ^ d, g = (3 * i + 5) % 16; break;
    default: f = c ^ (b | ~d), g = 7 * i % 16; break;
    }
    uint32_t sum = a + f + sine.k[i] + w[g];
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, turns[i / 16][i % 4]);
  }
  uint32_t sums[] = {a, b, c, d};
  for (int i = 0; i < 4; i++)
    words[i] = static_cast<uint32_t>(words[i] + sums[i]);
}

// ---- SHA-1 ---------------------------------------------------------------------------------------------------------

void sha1Block(uint64_t *words, const uint8_t *data) {
  uint32_t w[80], h[5];
  for (int i = 0; i < 16; i++)
    w[i] = loadBig<uint32_t>(data + 4 * i);
  for (int i = 16; i < 80; i++)
    w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (int i = 0; i < 5; i++)
    h[i] = static_cast<uint32_t>(words[i]);
  for (int i = 0; i < 80; i++) {
    uint32_t f, k;
    if (i < 20)
      f = (h[1] & h[2]) | (~h[1] & h[3]), k = 0x5a827999;
    else if (i < 40)
      f = h[1] ^ h[2] ^ h[3], k = 0x6ed9eba1;
    else if (i < 60)
      f = (h[1] & h[2]) | (h[1] & h[3]) | (h[2] & h[3]), k = 0x8f1bbcdc;
    else
      f = h[1] ^ h[2] ^ h[3], k = 0xca62c1d6;
    uint32_t next = std::rotl(h[0], 5) + f + h[4] + k + w[i];
    h[4] = h[3];
    h[3] = h[2];
    h[2] = std::rotl(h[1], 30);
    h[1] = h[0];
    h[0] = next;
  }
  for (int i = 0; i < 5; i++)
    words[i] = static_cast<uint32_t>(words[i] + h[i]);
}

// ---- SHA-2 ----------------------------------------------------------------------------------------------------------

/// The first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 takes the upper halves.
struct CubeRoots {
  uint64_t k[80];
  CubeRoots() {
    int count = 0;
    for (uint64_t n = 2; count < 80; n++) {
      bool prime = true;
      for (uint64_t d = 2; d * d <= n && prime; d++)
        prime = n % d != 0;
      if (prime)
        k[count++] = fraction(n);
    }
  }
  /// The largest r with r^3 <= n * 2^192, its low 64 bits, by bisection with 256-bit products of 32-bit digits.
  static uint64_t fraction(uint64_t n) {
    unsigned __int128 low = 0, high = static_cast<unsigned __int128>(8) << 64;
    while (high - low > 1) {
      unsigned __int128 middle = low + (high - low) / 2;
      (cubeAbove(middle, n) ? high : low) = middle;
    }
    return static_cast<uint64_t>(low);
  }
  static bool cubeAbove(unsigned __int128 r, uint64_t n) {
    uint64_t x[3] = {static_cast<uint32_t>(r), static_cast<uint32_t>(r >> 32), static_cast<uint64_t>(r >> 64)};
    uint64_t square[6] = {}, cube[9] = {};
    auto multiply = [](const uint64_t *a, int na, const uint64_t *b, int nb, uint64_t *out) {
      for (int i = 0; i < na; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < nb; j++) {
          uint64_t sum = out[i + j] + a[i] * b[j] + carry;
          out[i + j] = static_cast<uint32_t>(sum);
          carry = sum >> 32;
        }
        out[i + nb] = carry;
      }
    };
    multiply(x, 3, x, 3, square);
    multiply(square, 6, x, 3, cube);
    return cube[8] || cube[7] || cube[6] >= n; // an integral cube root does not occur
  }
};
const uint64_t *cubeRoots() {
  static const CubeRoots table;
  return table.k;
}

template <typename T, int kRounds> void sha2Block(uint64_t *words, const uint8_t *data) {
  constexpr bool wide = sizeof(T) == 8;
  const uint64_t *k = cubeRoots();
  T w[kRounds], h[8];
  for (int i = 0; i < 16; i++)
    w[i] = loadBig<T>(data + sizeof(T) * i);
  auto mix = [](T x, int a, int b, int c) { return std::rotr(x, a) ^ std::rotr(x, b) ^ (x >> c); };
  auto turn = [](T x, int a, int b, int c) { return std::rotr(x, a) ^ std::rotr(x, b) ^ std::rotr(x, c); };
  for (int i = 16; i < kRounds; i++)
    w[i] = w[i - 16] + w[i - 7] + (wide ? mix(w[i - 15], 1, 8, 7) : mix(w[i - 15], 7, 18, 3)) + (wide ? mix(w[i - 2], 19, 61, 6) : mix(w[i - 2], 17, 19, 10));
  for (int i = 0; i < 8; i++)
    h[i] = static_cast<T>(words[i]);
  for (int i = 0; i < kRounds; i++) {
    T constant = static_cast<T>(wide ? k[i] : k[i] >> 32);
    T one = h[7] + (wide ? turn(h[4], 14, 18, 41) : turn(h[4], 6, 11, 25)) + ((h[4] & h[5]) ^ (~h[4] & h[6])) + constant + w[i];
    T two = (wide ? turn(h[0], 28, 34, 39) : turn(h[0], 2, 13, 22)) + ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));
    for (int j = 7; j > 0; j--)
      h[j] = h[j - 1];
    h[4] += one;
    h[0] = one + two;
  }
  for (int i = 0; i < 8; i++)
    words[i] = static_cast<T>(words[i] + h[i]);
}

const HashKind kinds[] = {
    {&krt_md5_class, "md5", 16, 64, false, true, md5Block, {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}},
    {&krt_sha1_class, "sha1", 20, 64, false, false, sha1Block, {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}},
    {&krt_sha224_class, "sha224", 28, 64, false, false, sha2Block<uint32_t, 64>,
     {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4}},
    {&krt_sha256_class, "sha256", 32, 64, false, false, sha2Block<uint32_t, 64>,
     {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}},
    {&krt_sha384_class, "sha384", 48, 128, true, false, sha2Block<uint64_t, 80>,
     {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}},
    {&krt_sha512_class, "sha512", 64, 128, true, false, sha2Block<uint64_t, 80>,
     {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}},
};

const HashKind &kindOf(Value self) {
  for (const HashKind &kind : kinds)
    if (classOf(self) == kind.cls)
      return kind;
  __builtin_unreachable();
}

// ---- Running a hash -----------------------------------------------------------------------------------------------------

void take(const HashKind &kind, HashState *self, const uint8_t *data, size_t size) {
  size_t have = self->total % kind.blockSize;
  self->total += size;
  if (have) {
    size_t part = std::min(size, kind.blockSize - have);
    std::memcpy(self->block + have, data, part);
    data += part;
    size -= part;
    if (have + part < kind.blockSize)
      return;
    kind.block(self->words, self->block);
  }
  for (; size >= kind.blockSize; data += kind.blockSize, size -= kind.blockSize)
    kind.block(self->words, data);
  std::memcpy(self->block, data, size);
}

void finish(const HashKind &kind, HashState state, uint8_t *out) {
  uint64_t bits = state.total * 8;
  size_t have = state.total % kind.blockSize, lengthSize = kind.wide ? 16 : 8;
  state.block[have++] = 0x80;
  if (have > kind.blockSize - lengthSize) {
    std::memset(state.block + have, 0, kind.blockSize - have);
    kind.block(state.words, state.block);
    have = 0;
  }
  std::memset(state.block + have, 0, kind.blockSize - have);
  uint64_t length = kind.little ? bits : __builtin_bswap64(bits);
  std::memcpy(state.block + kind.blockSize - 8, &length, 8);
  kind.block(state.words, state.block);
  for (size_t i = 0; i < kind.digestSize; i++) {
    size_t width = kind.wide ? 8 : 4, byte = i % width;
    out[i] = static_cast<uint8_t>(state.words[i / width] >> 8 * (kind.little ? byte : width - 1 - byte));
  }
}

bool update_py(const HashKind &kind, HashState *self, Value data) {
  if (strCheck(data)) {
    krt_raise(kTypeError, "Strings must be encoded before hashing");
    return false;
  }
  if (!krt_buffer_check(data)) {
    krt_raise(kTypeError, "object supporting the buffer API required");
    return false;
  }
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return false;
  take(kind, self, bytes.data(), static_cast<size_t>(bytes.size()));
  return true;
}

Value start_py(const HashKind &kind, Value data) {
  auto *self = gcNewAtomic<HashState>(*kind.cls);
  std::memcpy(self->words, kind.start, sizeof self->words);
  self->total = 0;
  return !data || update_py(kind, self, data) ? Value(self) : Value();
}

} // namespace

Value krt_hash_update_py(Value self, Value data) { return update_py(kindOf(self), self.as<HashState>(), data) ? kNone : Value(); }
Value krt_hash_digest(Value self) {
  uint8_t out[64];
  const HashKind &kind = kindOf(self);
  finish(kind, *self.as<HashState>(), out);
  return krt_bytes_new(out, kind.digestSize);
}
Value krt_hash_hexdigest(Value self) {
  uint8_t out[64];
  const HashKind &kind = kindOf(self);
  finish(kind, *self.as<HashState>(), out);
  KRT_ALLOW_PY("without a separator nothing of the program runs");
  return krt_buffer_hex_py(out, kind.digestSize, {}, 1);
}
Value krt_hash_copy(Value self) {
  auto *copy = gcNewAtomic<HashState>(*classOf(self));
  *copy = *self.as<HashState>();
  return copy;
}
Value krt_hash_name(Value self) { return strIntern(kindOf(self).name); }
Value krt_hash_digestSize(Value self) { return smallInt(kindOf(self).digestSize); }
Value krt_hash_blockSize(Value self) { return smallInt(kindOf(self).blockSize); }

Value krt__md5_md5_py(Value string, bool) { return start_py(kinds[0], string); }
Value krt__sha1_sha1_py(Value string, bool) { return start_py(kinds[1], string); }
Value krt__sha256_sha224_py(Value string, bool) { return start_py(kinds[2], string); }
Value krt__sha256_sha256_py(Value string, bool) { return start_py(kinds[3], string); }
Value krt__sha512_sha384_py(Value string, bool) { return start_py(kinds[4], string); }
Value krt__sha512_sha512_py(Value string, bool) { return start_py(kinds[5], string); }

extern "C" {
constinit Class krt_md5_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_md5.md5",
    .basicSize = sizeof(HashState),
    .methods = krt_md5_defs,
};
constinit Class krt_sha1_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_sha1.sha1",
    .basicSize = sizeof(HashState),
    .methods = krt_sha1_defs,
};
constinit Class krt_sha224_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_sha256.sha224",
    .basicSize = sizeof(HashState),
    .methods = krt_sha224_defs,
};
constinit Class krt_sha256_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_sha256.sha256",
    .basicSize = sizeof(HashState),
    .methods = krt_sha256_defs,
};
constinit Class krt_sha384_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_sha512.sha384",
    .basicSize = sizeof(HashState),
    .methods = krt_sha384_defs,
};
constinit Class krt_sha512_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_sha512.sha512",
    .basicSize = sizeof(HashState),
    .methods = krt_sha512_defs,
};
}

bool krt__md5_init(Module *module) {
  krt_class_ready(&krt_md5_class);
  krt_dict_set_str(module->dict, KSTR(MD5Type), Value(&krt_md5_class));
  return true;
}
bool krt__sha1_init(Module *module) {
  krt_class_ready(&krt_sha1_class);
  krt_dict_set_str(module->dict, KSTR(SHA1Type), Value(&krt_sha1_class));
  return true;
}
bool krt__sha256_init(Module *module) {
  krt_class_ready(&krt_sha224_class);
  krt_dict_set_str(module->dict, KSTR(SHA224Type), Value(&krt_sha224_class));
  krt_class_ready(&krt_sha256_class);
  krt_dict_set_str(module->dict, KSTR(SHA256Type), Value(&krt_sha256_class));
  return true;
}
bool krt__sha512_init(Module *module) {
  krt_class_ready(&krt_sha384_class);
  krt_dict_set_str(module->dict, KSTR(SHA384Type), Value(&krt_sha384_class));
  krt_class_ready(&krt_sha512_class);
  krt_dict_set_str(module->dict, KSTR(SHA512Type), Value(&krt_sha512_class));
  return true;
}

} // namespace krait
