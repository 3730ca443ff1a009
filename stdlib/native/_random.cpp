// _random.cpp - MT19937 (Matsumoto, Nishimura), seeded as CPython seeds it so that sequences agree bit for
// bit.
#include "stdlib/native/_random.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "stdlib/native/_random.bind.inc"

#include <ctime>
#include <sys/random.h>
#include <unistd.h>

namespace krait {

constexpr uint32_t kSize = 624, kMiddle = 397;

// ---- The generator ---------------------------------------------------------------------------------------

static void refill(Random *self) {
  uint32_t *mt = self->state;
  auto mix = [](uint32_t high, uint32_t low, uint32_t far) {
    uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
    return far ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
  };
  uint32_t i = 0;
  for (; i < kSize - kMiddle; i++)
    mt[i] = mix(mt[i], mt[i + 1], mt[i + kMiddle]);
  for (; i < kSize - 1; i++)
    mt[i] = mix(mt[i], mt[i + 1], mt[i + kMiddle - kSize]);
  mt[kSize - 1] = mix(mt[kSize - 1], mt[0], mt[kMiddle - 1]);
  self->index = 0;
}
static inline uint32_t next32(Random *self) {
  if (self->index >= kSize)
    refill(self);
  uint32_t y = self->state[self->index++];
  y ^= y >> 11;
  y ^= y << 7 & 0x9d2c5680u;
  y ^= y << 15 & 0xefc60000u;
  return y ^ y >> 18;
}

static void seedNumber(Random *self, uint32_t s) {
  uint32_t *mt = self->state;
  mt[0] = s;
  for (uint32_t i = 1; i < kSize; i++)
    mt[i] = 1812433253u * (mt[i - 1] ^ mt[i - 1] >> 30) + i;
  self->index = kSize;
}
static void seedArray(Random *self, const uint32_t *key, size_t length) {
  uint32_t *mt = self->state;
  seedNumber(self, 19650218u);
  size_t i = 1, j = 0;
  auto wrap = [&] {
    if (++i >= kSize) {
      mt[0] = mt[kSize - 1];
      i = 1;
    }
  };
  for (size_t k = std::max<size_t>(kSize, length); k; k--) {
    mt[i] = (mt[i] ^ (mt[i - 1] ^ mt[i - 1] >> 30) * 1664525u) + key[j] + static_cast<uint32_t>(j);
    wrap();
    if (++j >= length)
      j = 0;
  }
  for (size_t k = kSize - 1; k; k--) {
    mt[i] = (mt[i] ^ (mt[i - 1] ^ mt[i - 1] >> 30) * 1566083941u) - static_cast<uint32_t>(i);
    wrap();
  }
  mt[0] = 0x80000000u;
}

static void seedFromSystem(Random *self) {
  uint32_t key[kSize];
  if (getrandom(key, sizeof key, GRND_NONBLOCK) == sizeof key) {
    seedArray(self, key, kSize);
    return;
  }
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  uint32_t clock[3] = {static_cast<uint32_t>(now.tv_nsec), static_cast<uint32_t>(now.tv_sec),
                       static_cast<uint32_t>(getpid())};
  seedArray(self, clock, 3);
}

// ---- Methods ----------------------------------------------------------------------------------------

Value krt_random_seed_py(Random *self, Value n) {
  if (n == kNone) {
    seedFromSystem(self);
    return kNone;
  }
  Value plain;
  if (krt_int_check(n)) {
    plain = krt_int_abs(krt_int_plain(n));
  } else {
    int64_t hash;
    if (krt_hash_py(n, &hash) < 0)
      return {};
    plain = krt_int_from_u64(static_cast<uint64_t>(hash));
  }
  IntView v(plain);
  auto *key = static_cast<uint32_t *>(gcAllocateAtomic(static_cast<size_t>(v.count + 1) * 8));
  size_t length = 0;
  for (int64_t i = 0; i < v.count; i++) { // 32-bit digits, no leading zeros
    key[length++] = static_cast<uint32_t>(v.limbs[i]);
    key[length++] = static_cast<uint32_t>(v.limbs[i] >> 32);
  }
  while (length > 0 && key[length - 1] == 0)
    length--;
  if (length == 0)
    key[length++] = 0;
  seedArray(self, key, length);
  return kNone;
}

static Value make(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

bool krt_random_init_py(Random *self, Value seed) { return !!krt_random_seed_py(self, seed); }

double krt_random_random(Random *self) {
  uint32_t a = next32(self) >> 5, b = next32(self) >> 6;
  return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

Value krt_random_getrandbits(Random *self, int64_t k) {
  if (k < 0)
    return krt_raise(kValueError, "number of bits must be non-negative");
  if (k > INT32_MAX)
    return krt_raise(kOverflowError, "Python int too large to convert to C int");
  if (k == 0)
    return smallInt(0);
  if (k <= 32)
    return smallInt(next32(self) >> (32 - k));
  int64_t words = (k - 1) / 32 + 1;
  Long *big = TRY(longNew((words + 1) / 2));
  std::memset(big->limbs, 0, static_cast<size_t>((words + 1) / 2) * 8);
  for (int64_t i = 0; i < words; i++, k -= 32) {
    uint64_t word = next32(self);
    if (k < 32)
      word >>= 32 - k;
    big->limbs[i / 2] |= word << (i % 2 * 32);
  }
  return longFinish(big, (words + 1) / 2, false);
}

Value krt_random_getstate(Random *self) {
  Tuple *state = krt_tuple_new(kSize + 1);
  for (uint32_t i = 0; i < kSize; i++)
    state->items[i] = smallInt(self->state[i]);
  state->items[kSize] = smallInt(self->index);
  return state;
}
Value krt_random_setstate_py(Random *self, Value given) {
  if (!hasClassFlag(given, kClassTupleSub))
    return krt_raise(kTypeError, "state vector must be a tuple");
  auto *state = given.as<Tuple>();
  if (state->length != kSize + 1)
    return krt_raise(kValueError, "state vector is the wrong size");
  uint32_t words[kSize + 1];
  for (uint32_t i = 0; i <= kSize; i++) {
    Value plain = TRY(krt_index_py(state->items[i]));
    uint64_t word;
    if (!krt_int_to_u64(plain, &word))
      return krt_raise(kOverflowError, krt_int_sign(plain) < 0
                                           ? "can't convert negative value to unsigned int"
                                           : "int too large to convert to C unsigned long");
    words[i] = static_cast<uint32_t>(word);
  }
  if (words[kSize] > kSize)
    return krt_raise(kValueError, "invalid state");
  std::memcpy(self->state, words, sizeof self->state);
  self->index = words[kSize];
  return kNone;
}

extern "C" {
constinit Class krt_random_class = {
    .flags = kClassBase,
    .nativeName = "_random.Random",
    .basicSize = sizeof(Random),
    .slots = {.init = krt_random_init, .make = make},
    .methods = krt_random_defs,
    .doc = krt_random_doc,
};
}

bool krt__random_init(Module *module) {
  krt_class_ready(&krt_random_class);
  krt_dict_set_str(module->dict, KSTR(Random), Value(&krt_random_class));
  return true;
}

} // namespace krait
