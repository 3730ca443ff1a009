// hash_key.cpp - choosing the hash key.
#include "runtime/object/hash_key.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <sys/random.h>

namespace krait {

constinit SipKey hashKeyValue{};
constinit bool hashKeyReady = false;

static void randomKey() {
  if (getrandom(&hashKeyValue, sizeof hashKeyValue, GRND_NONBLOCK) == sizeof hashKeyValue)
    return;
  // Early at boot the pool may be empty; a clock is better than waiting.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  hashKeyValue = {static_cast<uint64_t>(now.tv_nsec) * 0x9e3779b97f4a7c15u, static_cast<uint64_t>(now.tv_sec) ^ 0x51ull << 40};
}

/// Expands a seed as CPython does, so that a seed gives the same hashes there and here.
static void seededKey(uint32_t seed) {
  uint8_t bytes[sizeof hashKeyValue];
  uint32_t x = seed;
  for (uint8_t &byte : bytes) {
    x = x * 214013 + 2531011;
    byte = static_cast<uint8_t>(x >> 16);
  }
  std::memcpy(&hashKeyValue, bytes, sizeof bytes);
}

bool hashKeyStart() {
  hashKeyReady = true;
  const char *text = std::getenv("PYTHONHASHSEED");
  if (!text || !*text || std::strcmp(text, "random") == 0) {
    randomKey();
    return true;
  }
  char *end;
  errno = 0;
  unsigned long seed = std::strtoul(text, &end, 10);
  if (errno || *end || *text < '0' || *text > '9' || seed > 0xffffffffu) {
    randomKey();
    return false;
  }
  if (seed)
    seededKey(static_cast<uint32_t>(seed));
  return true;
}

} // namespace krait
