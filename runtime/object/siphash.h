// siphash.h - SipHash-1-3 (Aumasson, Bernstein): the keyed hash of text and bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

struct SipKey {
  uint64_t k0, k1;
};

class SipState {
public:
  explicit SipState(SipKey key)
      : v0_(key.k0 ^ 0x736f6d6570736575), v1_(key.k1 ^ 0x646f72616e646f6d), v2_(key.k0 ^ 0x6c7967656e657261),
        v3_(key.k1 ^ 0x7465646279746573) {}
  void word(uint64_t m) {
    v3_ ^= m;
    round();
    v0_ ^= m;
  }
  uint64_t finish() {
    v2_ ^= 0xff;
    round();
    round();
    round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

private:
  uint64_t v0_, v1_, v2_, v3_;
  void round() {
    v0_ += v1_;
    v2_ += v3_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v1_;
    v0_ += v3_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ = std::rotl(v2_, 32);
  }
};

inline uint64_t sipHash13(SipKey key, const void *data, size_t size) {
  SipState state(key);
  auto *p = static_cast<const uint8_t *>(data);
  size_t rest = size;
  for (; rest >= 8; rest -= 8, p += 8) {
    uint64_t m;
    std::memcpy(&m, p, 8);
    state.word(m);
  }
  uint64_t last = static_cast<uint64_t>(size) << 56;
  for (size_t i = 0; i < rest; i++)
    last |= static_cast<uint64_t>(p[i]) << (8 * i);
  state.word(last);
  return state.finish();
}

} // namespace krait
