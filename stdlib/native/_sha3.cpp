// _sha3.cpp - SHA-3 and SHAKE (FIPS 202), BLAKE2 (RFC 7693).
#include "stdlib/native/_sha3.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "stdlib/native/_sha3.bind.inc"

#include <bit>

namespace krait {

namespace {

Value hexOf(const uint8_t *data, size_t size) {
  KRT_ALLOW_PY("without a separator nothing of the program runs");
  return krt_buffer_hex_py(data, static_cast<int64_t>(size), {}, 1);
}
/// The memory of [data]; false with an exception pending.
bool hashInput_py(BytesLike &bytes, Value data) {
  if (strCheck(data)) {
    krt_raise(kTypeError, "Strings must be encoded before hashing");
    return false;
  }
  if (!krt_buffer_check(data)) {
    krt_raise(kTypeError, "object supporting the buffer API required");
    return false;
  }
  return bytes.acquire_py(data);
}

// ---- Keccak -----------------------------------------------------------------------------------------

struct KeccakKind {
  Class *cls;
  const char *name;
  uint8_t digestSize, rate; // bytes; SHAKE has no size of its own
};
const KeccakKind keccakKinds[] = {
    {&krt_sha3_224_class, "sha3_224", 28, 144},  {&krt_sha3_256_class, "sha3_256", 32, 136},
    {&krt_sha3_384_class, "sha3_384", 48, 104},  {&krt_sha3_512_class, "sha3_512", 64, 72},
    {&krt_shake_128_class, "shake_128", 0, 168}, {&krt_shake_256_class, "shake_256", 0, 136},
};
const KeccakKind &keccakKind(Value self) {
  for (const KeccakKind &kind : keccakKinds)
    if (krt_instance(self, kind.cls))
      return kind;
  __builtin_unreachable();
}

/// Round constants and rotations follow from the standard's shift register and its walk over the lanes.
struct KeccakTables {
  uint64_t rounds[24] = {};
  uint8_t turns[25] = {};
  constexpr KeccakTables() {
    uint8_t shift = 1;
    for (uint64_t &round : rounds)
      for (int j = 0; j < 7; j++) {
        if (shift & 1)
          round |= uint64_t{1} << ((1 << j) - 1);
        shift = static_cast<uint8_t>(shift << 1 ^ (shift >> 7 ? 0x71 : 0));
      }
    int x = 1, y = 0;
    for (int t = 0; t < 24; t++) {
      turns[x + 5 * y] = static_cast<uint8_t>((t + 1) * (t + 2) / 2 % 64);
      int next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
    }
  }
};
constexpr KeccakTables kKeccak;

void permute(uint64_t *a) {
  for (uint64_t round : kKeccak.rounds) {
    uint64_t column[5], b[25];
    for (int x = 0; x < 5; x++)
      column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = column[(x + 4) % 5] ^ std::rotl(column[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5)
        a[x + y] ^= d;
    }
    for (int x = 0; x < 5; x++)
      for (int y = 0; y < 5; y++)
        b[y + 5 * ((2 * x + 3 * y) % 5)] = std::rotl(a[x + 5 * y], kKeccak.turns[x + 5 * y]);
    for (int y = 0; y < 25; y += 5)
      for (int x = 0; x < 5; x++)
        a[x + y] = b[x + y] ^ (~b[(x + 1) % 5 + y] & b[(x + 2) % 5 + y]);
    a[0] ^= round;
  }
}
void absorb(KeccakState *self, unsigned rate, const uint8_t *data, size_t size) {
  for (size_t i = 0; i < size; i++) {
    self->lanes[self->filled / 8] ^= uint64_t{data[i]} << self->filled % 8 * 8;
    if (++self->filled == rate) {
      permute(self->lanes);
      self->filled = 0;
    }
  }
}
void squeeze(KeccakState state, const KeccakKind &kind, uint8_t *out, size_t size) {
  uint64_t suffix = kind.digestSize ? 0x06 : 0x1f;
  state.lanes[state.filled / 8] ^= suffix << state.filled % 8 * 8;
  state.lanes[kind.rate / 8 - 1] ^= uint64_t{0x80} << 56;
  for (size_t i = 0; i < size; i++) {
    if (i % kind.rate == 0)
      permute(state.lanes);
    out[i] = static_cast<uint8_t>(state.lanes[i % kind.rate / 8] >> i % 8 * 8);
  }
}
Value keccakStart_py(Class *cls, Value data) {
  Value self = krt_instance_new(cls, 0);
  return !data || krt_keccak_update_py(self, data) ? self : Value();
}

} // namespace

Value krt_keccak_update_py(Value self, Value data) {
  BytesLike bytes;
  if (!hashInput_py(bytes, data))
    return {};
  absorb(self.as<KeccakState>(), keccakKind(self).rate, bytes.data(), static_cast<size_t>(bytes.size()));
  return kNone;
}
Value krt_keccak_digest(Value self) {
  uint8_t out[64];
  const KeccakKind &kind = keccakKind(self);
  squeeze(*self.as<KeccakState>(), kind, out, kind.digestSize);
  return krt_bytes_new(out, kind.digestSize);
}
Value krt_keccak_hexdigest(Value self) {
  uint8_t out[64];
  const KeccakKind &kind = keccakKind(self);
  squeeze(*self.as<KeccakState>(), kind, out, kind.digestSize);
  return hexOf(out, kind.digestSize);
}
Value krt_keccak_shakeDigest(Value self, int64_t length) {
  if (length < 0)
    return krt_raise(kValueError, "value must be positive");
  if (length >= 1 << 29)
    return krt_raise(kValueError, "length is too large");
  Bytes *out = TRY(krt_bytes_raw(static_cast<size_t>(length)));
  squeeze(*self.as<KeccakState>(), keccakKind(self), out->data, static_cast<size_t>(length));
  return out;
}
Value krt_keccak_shakeHexdigest(Value self, int64_t length) {
  Value bytes = TRY(krt_keccak_shakeDigest(self, length));
  return hexOf(bytes.as<Bytes>()->data, static_cast<size_t>(length));
}
Value krt_keccak_copy(Value self) {
  auto *copy = reinterpret_cast<KeccakState *>(krt_instance_new(keccakKind(self).cls, 0));
  std::memcpy(copy->lanes, self.as<KeccakState>()->lanes, sizeof copy->lanes);
  copy->filled = self.as<KeccakState>()->filled;
  return copy;
}
Value krt_keccak_name(Value self) { return strIntern(keccakKind(self).name); }
Value krt_keccak_digestSize(Value self) { return smallInt(keccakKind(self).digestSize); }
Value krt_keccak_blockSize(Value self) { return smallInt(keccakKind(self).rate); }
Value krt_keccak_rateBits(Value self) { return smallInt(keccakKind(self).rate * 8); }
Value krt_keccak_capacityBits(Value self) { return smallInt(1600 - keccakKind(self).rate * 8); }
Value krt_keccak_suffix(Value self) {
  return krt_bytes_new(keccakKind(self).digestSize ? "\x06" : "\x1f", 1);
}
Value krt_sha3_224_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }
Value krt_sha3_256_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }
Value krt_sha3_384_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }
Value krt_sha3_512_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }
Value krt_shake_128_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }
Value krt_shake_256_create_py(Class *cls, Value data, bool) { return keccakStart_py(cls, data); }

// ---- BLAKE2 -----------------------------------------------------------------------------------------

namespace {

constexpr uint8_t kSigma[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};
constexpr uint64_t kStart[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

template <typename T> constexpr T startWord(int i) {
  return static_cast<T>(sizeof(T) == 8 ? kStart[i] : kStart[i] >> 32);
}

template <typename T> void blakeBlock(BlakeState *self, bool last) {
  constexpr bool wide = sizeof(T) == 8;
  constexpr int turn[4] = {wide ? 32 : 16, wide ? 24 : 12, wide ? 16 : 8, wide ? 63 : 7};
  T m[16], v[16];
  std::memcpy(m, self->block, sizeof m);
  for (int i = 0; i < 8; i++) {
    v[i] = static_cast<T>(self->words[i]);
    v[i + 8] = startWord<T>(i);
  }
  v[12] ^= static_cast<T>(self->total);
  if constexpr (!wide)
    v[13] ^= static_cast<T>(self->total >> 32);
  if (last) {
    v[14] = ~v[14];
    if (self->lastNode)
      v[15] = ~v[15];
  }
  auto mix = [&](int a, int b, int c, int d, T x, T y) {
    v[a] += v[b] + x;
    v[d] = std::rotr(static_cast<T>(v[d] ^ v[a]), turn[0]);
    v[c] += v[d];
    v[b] = std::rotr(static_cast<T>(v[b] ^ v[c]), turn[1]);
    v[a] += v[b] + y;
    v[d] = std::rotr(static_cast<T>(v[d] ^ v[a]), turn[2]);
    v[c] += v[d];
    v[b] = std::rotr(static_cast<T>(v[b] ^ v[c]), turn[3]);
  };
  for (int round = 0; round < (wide ? 12 : 10); round++) {
    const uint8_t *s = kSigma[round % 10];
    for (int i = 0; i < 4; i++)
      mix(i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[2 * i + 1]]);
    for (int i = 0; i < 4; i++)
      mix(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[s[2 * i + 8]], m[s[2 * i + 9]]);
  }
  for (int i = 0; i < 8; i++)
    self->words[i] = static_cast<T>(self->words[i] ^ v[i] ^ v[i + 8]);
}
bool isWide(Value self) { return krt_instance(self, &krt_blake2b_class); }
void compress(BlakeState *self, bool wide, bool last) {
  wide ? blakeBlock<uint64_t>(self, last) : blakeBlock<uint32_t>(self, last);
}
void blakeTake(BlakeState *self, bool wide, const uint8_t *data, size_t size) {
  uint32_t blockSize = wide ? 128 : 64;
  while (size) {
    if (self->filled == blockSize) { // only once more is known to come
      self->total += blockSize;
      compress(self, wide, false);
      self->filled = 0;
    }
    size_t part = std::min<size_t>(size, blockSize - self->filled);
    std::memcpy(self->block + self->filled, data, part);
    self->filled += static_cast<uint32_t>(part);
    data += part;
    size -= part;
  }
}
size_t blakeFinish(Value v, uint8_t *out) {
  BlakeState state = *v.as<BlakeState>();
  bool wide = isWide(v);
  state.total += state.filled;
  std::memset(state.block + state.filled, 0, sizeof state.block - state.filled);
  compress(&state, wide, true);
  size_t width = wide ? 8 : 4;
  for (size_t i = 0; i < state.digestSize; i++)
    out[i] = static_cast<uint8_t>(state.words[i / width] >> i % width * 8);
  return state.digestSize;
}

bool unsigned_py(Value given, uint64_t *out) {
  *out = 0;
  Value plain = given ? krt_index_py(given) : smallInt(0);
  if (!plain)
    return false;
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "value must be positive"), false;
  if (!krt_int_to_u64(plain, out))
    return krt_raise(kOverflowError, "Python int too large to convert to C unsigned long"), false;
  return true;
}

struct BlakeOptions {
  Value digestSize, key, salt, person;
  int fanout, depth;
  Value leafSize, nodeOffset;
  int nodeDepth, innerSize;
  bool lastNode;
};
Value blakeStart_py(Class *cls, bool wide, Value data, const BlakeOptions &o) {
  long long most = wide ? 64 : 32, saltSize = wide ? 16 : 8, size = most;
  if (o.digestSize) {
    size = krt_index_i64_py(o.digestSize, kOverflowError);
    if (size == -1 && errorPending())
      return {};
  }
  if (size <= 0 || size > most)
    return krt_raise(kValueError, "digest_size must be between 1 and %lld bytes", most);
  BytesLike key, salt, person;
  if ((o.key && !key.acquire_py(o.key)) || (o.salt && !salt.acquire_py(o.salt)) ||
      (o.person && !person.acquire_py(o.person)))
    return {};
  if (salt.size() > saltSize)
    return krt_raise(kValueError, "maximum salt length is %lld bytes", saltSize);
  if (person.size() > saltSize)
    return krt_raise(kValueError, "maximum person length is %lld bytes", saltSize);
  if (key.size() > most)
    return krt_raise(kValueError, "maximum key length is %lld bytes", most);
  if (o.fanout < 0 || o.fanout > 255)
    return krt_raise(kValueError, "fanout must be between 0 and 255");
  if (o.depth <= 0 || o.depth > 255)
    return krt_raise(kValueError, "depth must be between 1 and 255");
  uint64_t leafSize, nodeOffset;
  if (!unsigned_py(o.leafSize, &leafSize) || !unsigned_py(o.nodeOffset, &nodeOffset))
    return {};
  if (leafSize > 0xffffffffull)
    return krt_raise(kOverflowError, "leaf_size is too large");
  if (!wide && nodeOffset > 0xffffffffffffull)
    return krt_raise(kOverflowError, "node_offset is too large");
  if (o.nodeDepth < 0 || o.nodeDepth > 255)
    return krt_raise(kValueError, "node_depth must be between 0 and 255");
  if (o.innerSize < 0 || o.innerSize > most)
    return krt_raise(kValueError, "inner_size must be between 0 and is %lld", most);
  uint8_t parameters[64] = {static_cast<uint8_t>(size), static_cast<uint8_t>(key.size()),
                            static_cast<uint8_t>(o.fanout), static_cast<uint8_t>(o.depth)};
  std::memcpy(parameters + 4, &leafSize, 4);
  std::memcpy(parameters + 8, &nodeOffset, wide ? 8 : 6);
  parameters[wide ? 16 : 14] = static_cast<uint8_t>(o.nodeDepth);
  parameters[wide ? 17 : 15] = static_cast<uint8_t>(o.innerSize);
  uint8_t *saltAt = parameters + (wide ? 32 : 16);
  if (salt.size())
    std::memcpy(saltAt, salt.data(), static_cast<size_t>(salt.size()));
  if (person.size())
    std::memcpy(saltAt + saltSize, person.data(), static_cast<size_t>(person.size()));
  auto *self = reinterpret_cast<BlakeState *>(krt_instance_new(cls, 0));
  self->digestSize = static_cast<uint8_t>(size);
  self->lastNode = o.lastNode;
  size_t width = wide ? 8 : 4;
  for (int i = 0; i < 8; i++) {
    uint64_t word = 0;
    std::memcpy(&word, parameters + static_cast<size_t>(i) * width, width);
    self->words[i] = word ^ (wide ? startWord<uint64_t>(i) : startWord<uint32_t>(i));
  }
  if (key.size()) {
    uint8_t block[128] = {};
    std::memcpy(block, key.data(), static_cast<size_t>(key.size()));
    blakeTake(self, wide, block, wide ? 128 : 64);
  }
  return !data || krt_blake_update_py(self, data) ? Value(self) : Value();
}

} // namespace

Value krt_blake_update_py(Value self, Value data) {
  BytesLike bytes;
  if (!hashInput_py(bytes, data))
    return {};
  blakeTake(self.as<BlakeState>(), isWide(self), bytes.data(), static_cast<size_t>(bytes.size()));
  return kNone;
}
Value krt_blake_digest(Value self) {
  uint8_t out[64];
  size_t size = blakeFinish(self, out);
  return krt_bytes_new(out, size);
}
Value krt_blake_hexdigest(Value self) {
  uint8_t out[64];
  size_t size = blakeFinish(self, out);
  return hexOf(out, size);
}
Value krt_blake_copy(Value self) {
  auto *copy = reinterpret_cast<BlakeState *>(
      krt_instance_new(isWide(self) ? &krt_blake2b_class : &krt_blake2s_class, 0));
  Shape *shape = copy->shape;
  *copy = *self.as<BlakeState>();
  copy->shape = shape;
  return copy;
}
Value krt_blake_name(Value self) { return strIntern(isWide(self) ? "blake2b" : "blake2s"); }
Value krt_blake_digestSize(Value self) { return smallInt(self.as<BlakeState>()->digestSize); }
Value krt_blake_blockSize(Value self) { return smallInt(isWide(self) ? 128 : 64); }
Value krt_blake2b_create_py(Class *cls, Value data, Value digestSize, Value key, Value salt, Value person,
                            int fanout, int depth, Value leafSize, Value nodeOffset, int nodeDepth,
                            int innerSize, bool lastNode, bool) {
  return blakeStart_py(
      cls, true, data,
      {digestSize, key, salt, person, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize, lastNode});
}
Value krt_blake2s_create_py(Class *cls, Value data, Value digestSize, Value key, Value salt, Value person,
                            int fanout, int depth, Value leafSize, Value nodeOffset, int nodeDepth,
                            int innerSize, bool lastNode, bool) {
  return blakeStart_py(
      cls, false, data,
      {digestSize, key, salt, person, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize, lastNode});
}

extern "C" {
#define HASH_CLASS(stem, module, State)                                                                      \
  constinit Class krt_##stem##_class = {                                                                     \
      .flags = kClassBase,                                                                                   \
      .nativeName = module "." #stem,                                                                        \
      .basicSize = sizeof(State),                                                                            \
      .slots = {.make = krt_##stem##_make},                                                                  \
      .methods = krt_##stem##_defs,                                                                          \
  };
HASH_CLASS(sha3_224, "_sha3", KeccakState)
HASH_CLASS(sha3_256, "_sha3", KeccakState)
HASH_CLASS(sha3_384, "_sha3", KeccakState)
HASH_CLASS(sha3_512, "_sha3", KeccakState)
HASH_CLASS(shake_128, "_sha3", KeccakState)
HASH_CLASS(shake_256, "_sha3", KeccakState)
HASH_CLASS(blake2b, "_blake2", BlakeState)
HASH_CLASS(blake2s, "_blake2", BlakeState)
#undef HASH_CLASS
}

bool krt__sha3_init(Module *module) {
  for (const KeccakKind &kind : keccakKinds) {
    krt_class_ready(kind.cls);
    krt_dict_set_str(module->dict, strIntern(kind.name), Value(kind.cls));
  }
  krt_dict_set_str(module->dict, KSTR(implementation), strIntern("generic"));
  return true;
}
bool krt__blake2_init(Module *module) {
  struct {
    const char *name;
    int narrow;
  } rows[] = {{"SALT_SIZE", 8}, {"PERSON_SIZE", 8}, {"MAX_KEY_SIZE", 32}, {"MAX_DIGEST_SIZE", 32}};
  for (Class *cls : {&krt_blake2b_class, &krt_blake2s_class}) {
    bool wide = cls == &krt_blake2b_class;
    krt_class_ready(cls);
    krt_dict_set_str(module->dict, cls->name, Value(cls));
    for (auto &row : rows) {
      Value size = smallInt(wide ? 2 * row.narrow : row.narrow);
      krt_dict_set_str(cls->dict, strIntern(row.name), size);
      krt_dict_set_str(module->dict,
                       krt_str_intern(krt_str_format("%s_%s", wide ? "BLAKE2B" : "BLAKE2S", row.name)), size);
    }
  }
  return true;
}

} // namespace krait
