// audioop.cpp - the module audioop. u-LAW and a-LAW are those of ITU-T recommendation G.711, ADPCM that of
// the IMA's "Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems" (1992).
#include "stdlib/native/audioop.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"
#include "stdlib/native/_warnings.h"
#include "stdlib/native/audioop.bind.inc"
#include "stdlib/native/class_module.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>

namespace krait {

static constinit Class *errorClass = nullptr;

bool krt_audioop_init(Module *module) {
  if (krt_warn_of_import_py("'audioop' is deprecated and slated for removal in Python 3.13") < 0)
    return false;
  return addException(module, &errorClass, "audioop", "error", Value(kException));
}

namespace {

// ---- Samples ----------------------------------------------------------------------------------------

int32_t sampleAt(const uint8_t *at, int width) {
  switch (width) {
  case 1:
    return static_cast<int8_t>(*at);
  case 2: {
    int16_t value;
    std::memcpy(&value, at, 2);
    return value;
  }
  case 3:
    return static_cast<int32_t>(uint32_t(at[0]) << 8 | uint32_t(at[1]) << 16 | uint32_t(at[2]) << 24) >> 8;
  default: {
    int32_t value;
    std::memcpy(&value, at, 4);
    return value;
  }
  }
}

/// The low [width] bytes of [value].
void putSample(uint8_t *at, int width, int32_t value) { std::memcpy(at, &value, static_cast<size_t>(width)); }

/// All widths as the highest bytes of 32 bits: what conversions between them go by.
int32_t widened(int32_t sample, int width) {
  return static_cast<int32_t>(static_cast<uint32_t>(sample) << (32 - 8 * width));
}
int32_t narrowed(int32_t wide, int width) { return wide >> (32 - 8 * width); }

struct SampleRange {
  double low, high;
  explicit SampleRange(int width) : low(-std::ldexp(1, 8 * width - 1)), high(-low - 1) {}
  /// Rounded down, and cut where it does not fit.
  int32_t fit(double value) const {
    if (value > high)
      value = high;
    else if (value < low + 1)
      value = low;
    return static_cast<int32_t>(std::floor(value));
  }
};

bool checkState(Value state) {
  if (hasClassFlag(state, kClassTupleSub))
    return true;
  krt_raise(kTypeError, "state must be a tuple or None");
  return false;
}

bool checkWidth(int width) {
  if (width >= 1 && width <= 4)
    return true;
  krt_raise(errorClass, "Size should be 1, 2, 3 or 4");
  return false;
}

/// The samples of an argument, which stay where they are while it is in scope.
class Fragment {
public:
  /// False with an exception pending.
  bool acquire_py(Value object, int width) {
    if (!bytes_.acquire_py(object) || !checkWidth(width))
      return false;
    width_ = width;
    count_ = bytes_.size() / width;
    if (bytes_.size() % width == 0)
      return true;
    krt_raise(errorClass, "not a whole number of frames");
    return false;
  }
  int64_t count() const { return count_; }
  int64_t size() const { return bytes_.size(); }
  const uint8_t *data() const { return bytes_.data(); }
  int32_t operator[](int64_t i) const { return sampleAt(bytes_.data() + i * width_, width_); }

private:
  BytesLike bytes_;
  int width_ = 1;
  int64_t count_ = 0;
};

Bytes *newSamples(int64_t count, int width) {
  if (count > INT64_MAX / width)
    return krt_raise_memory(), nullptr;
  return krt_bytes_raw(static_cast<size_t>(count * width));
}

/// A fragment of what [change] makes of each sample.
template <typename Change> Value mapped(const Fragment &from, int width, Change change) {
  Bytes *to = newSamples(from.count(), width);
  for (int64_t i = 0; to && i < from.count(); ++i)
    putSample(to->data + i * width, width, change(from[i]));
  return to;
}

// ---- u-LAW and a-LAW --------------------------------------------------------------------------------

/// The segment of a magnitude: how many bits it has above the [lowest] ones, at most 8.
int segmentOf(int magnitude, int lowest) {
  return std::max(0, static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude))) - lowest);
}

/// Of a sample of 14 bits.
uint8_t toULaw(int sample) {
  int mask = sample < 0 ? 0x7f : 0xff;
  int magnitude = std::min(std::abs(sample), 8159) + 33;
  int segment = segmentOf(magnitude, 6);
  int code = segment >= 8 ? 0x7f : segment << 4 | (magnitude >> (segment + 1) & 0xf);
  return static_cast<uint8_t>(code ^ mask);
}

/// A sample of 16 bits.
int fromULaw(uint8_t code) {
  code = static_cast<uint8_t>(~code);
  int magnitude = (((code & 0xf) << 3) + 0x84) << (code >> 4 & 7);
  return code & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

/// Of a sample of 13 bits.
uint8_t toALaw(int sample) {
  int mask = sample < 0 ? 0x55 : 0xd5;
  int magnitude = sample < 0 ? -sample - 1 : sample;
  int segment = segmentOf(magnitude, 5);
  int code = segment >= 8 ? 0x7f : segment << 4 | (magnitude >> std::max(segment, 1) & 0xf);
  return static_cast<uint8_t>(code ^ mask);
}

/// A sample of 16 bits.
int fromALaw(uint8_t code) {
  code ^= 0x55;
  int segment = code >> 4 & 7;
  int magnitude = ((code & 0xf) << 4) + 8;
  if (segment)
    magnitude = (magnitude + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

/// One byte for each sample, of which [coder] wants the highest [bits].
Value toBytes_py(Value fragment, int width, int bits, uint8_t (*coder)(int)) {
  Fragment from;
  if (!from.acquire_py(fragment, width))
    return {};
  Bytes *to = krt_bytes_raw(static_cast<size_t>(from.count()));
  for (int64_t i = 0; to && i < from.count(); ++i)
    to->data[i] = coder(widened(from[i], width) >> (32 - bits));
  return to;
}

/// A sample for each byte, of which [decoder] gives 16 bits.
Value fromBytes_py(Value fragment, int width, int (*decoder)(uint8_t)) {
  BytesLike from;
  if (!from.acquire_py(fragment) || !checkWidth(width))
    return {};
  Bytes *to = newSamples(from.size(), width);
  for (int64_t i = 0; to && i < from.size(); ++i)
    putSample(to->data + i * width, width, narrowed(widened(decoder(from.data()[i]), 2), width));
  return to;
}

// ---- ADPCM ------------------------------------------------------------------------------------------

constexpr int kStepCount = 89;
constexpr int16_t kSteps[kStepCount] = {
    7,    8,     9,     10,    11,    12,    13,    14,    16,    17,    19,    21,    23,    25,   28,
    31,   34,    37,    41,    45,    50,    55,    60,    66,    73,    80,    88,    97,    107,  118,
    130,  143,   157,   173,   190,   209,   230,   253,   279,   307,   337,   371,   408,   449,  494,
    544,  598,   658,   724,   796,   876,   963,   1060,  1166,  1282,  1411,  1552,  1707,  1878, 2066,
    2272, 2499,  2749,  3024,  3327,  3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845, 8630,
    9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};
constexpr int8_t kStepChanges[8] = {-1, -1, -1, -1, 2, 4, 6, 8};

struct Adpcm {
  int predicted = 0, index = 0;

  /// False with an exception pending.
  bool parse(Value state) {
    if (state == kNone)
      return true;
    if (!checkState(state))
      return false;
    Tuple *pair = state.as<Tuple>();
    if (pair->length != 2 || !pair->items[0].isInt() || !pair->items[1].isInt()) {
      krt_raise(kTypeError, "function missing required arguments: a state is a pair of ints");
      return false;
    }
    int64_t value = pair->items[0].asInt(), at = pair->items[1].asInt();
    if (value < -0x8000 || value > 0x7fff || at < 0 || at >= kStepCount) {
      krt_raise(kValueError, "bad state");
      return false;
    }
    predicted = static_cast<int>(value);
    index = static_cast<int>(at);
    return true;
  }

  /// Goes on by a code of four bits: the sign and the quotient of the difference by the step, in quarters.
  int decode(int code) {
    int step = kSteps[index], change = step >> 3;
    if (code & 4)
      change += step;
    if (code & 2)
      change += step >> 1;
    if (code & 1)
      change += step >> 2;
    predicted = std::clamp(code & 8 ? predicted - change : predicted + change, -0x8000, 0x7fff);
    index = std::clamp(index + kStepChanges[code & 7], 0, kStepCount - 1);
    return predicted;
  }

  /// The code nearest to [sample], of 16 bits.
  int encode(int sample) {
    int difference = sample - predicted, step = kSteps[index], code = 0;
    if (difference < 0) {
      code = 8;
      difference = -difference;
    }
    for (int bit = 4; bit; bit >>= 1, step >>= 1)
      if (difference >= step) {
        code |= bit;
        difference -= step;
      }
    decode(code);
    return code;
  }

  Value with(Value bytes) const {
    Value state[] = {krt_int_from_i64(predicted), krt_int_from_i64(index)};
    Value parts[] = {bytes, krt_tuple_from(state, 2)};
    return krt_tuple_from(parts, 2);
  }
};

// ---- Peaks and fits ---------------------------------------------------------------------------------

struct Peaks {
  double sum = 0; // of the distances from each turning point to the next
  int64_t count = 0;
  uint32_t largest = 0;
};

Peaks peaksOf(const Fragment &samples) {
  Peaks peaks;
  if (!samples.count())
    return peaks;
  int32_t last = samples[0], turn = 0;
  int direction = 0; // 1 up, -1 down
  bool turned = false;
  for (int64_t i = 1; i < samples.count(); ++i) {
    int32_t value = samples[i];
    if (value == last)
      continue;
    int now = value > last ? 1 : -1;
    if (direction && now != direction) {
      if (turned) {
        uint32_t distance = last < turn ? static_cast<uint32_t>(turn) - static_cast<uint32_t>(last)
                                        : static_cast<uint32_t>(last) - static_cast<uint32_t>(turn);
        peaks.sum += distance;
        peaks.largest = std::max(peaks.largest, distance);
        ++peaks.count;
      }
      turned = true;
      turn = last;
    }
    direction = now;
    last = value;
  }
  return peaks;
}

int16_t shortAt(const BytesLike &bytes, int64_t i) {
  return static_cast<int16_t>(sampleAt(bytes.data() + 2 * i, 2));
}

bool acquireShorts_py(BytesLike &bytes, Value object) {
  if (!bytes.acquire_py(object))
    return false;
  if (bytes.size() % 2 == 0)
    return true;
  krt_raise(errorClass, "Strings should be even-sized");
  return false;
}

/// Sum of the products of [count] samples, from the given places on. Integers: below 2^30 each, so exact up
/// to 2^33 samples.
double products(const BytesLike &a, int64_t fromA, const BytesLike &b, int64_t fromB, int64_t count) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; ++i)
    sum += int64_t(shortAt(a, fromA + i)) * shortAt(b, fromB + i);
  return static_cast<double>(sum);
}

Value unsignedResult(uint32_t value) { return krt_int_from_i64(value); }

} // namespace

// ---- Measures ---------------------------------------------------------------------------------------

Value krt_audioop_getsample_py(Value fragment, int width, int64_t index) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  if (index < 0 || index >= samples.count())
    return krt_raise(errorClass, "Index out of range");
  return krt_int_from_i64(samples[index]);
}

Value krt_audioop_max_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  uint32_t largest = 0;
  for (int64_t i = 0; i < samples.count(); ++i)
    largest = std::max(largest, static_cast<uint32_t>(std::abs(int64_t(samples[i]))));
  return unsignedResult(largest);
}

Value krt_audioop_minmax_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  int32_t low = INT32_MAX, high = INT32_MIN;
  for (int64_t i = 0; i < samples.count(); ++i) {
    low = std::min(low, samples[i]);
    high = std::max(high, samples[i]);
  }
  Value pair[] = {krt_int_from_i64(low), krt_int_from_i64(high)};
  return krt_tuple_from(pair, 2);
}

Value krt_audioop_avg_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  double sum = 0;
  for (int64_t i = 0; i < samples.count(); ++i)
    sum += samples[i];
  return krt_int_from_i64(samples.count() ? static_cast<int32_t>(std::floor(sum / double(samples.count())))
                                          : 0);
}

Value krt_audioop_rms_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  double sum = 0;
  for (int64_t i = 0; i < samples.count(); ++i)
    sum += double(samples[i]) * samples[i];
  return unsignedResult(samples.count() ? static_cast<uint32_t>(std::sqrt(sum / double(samples.count())))
                                        : 0);
}

Value krt_audioop_avgpp_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  Peaks peaks = peaksOf(samples);
  return unsignedResult(peaks.count ? static_cast<uint32_t>(peaks.sum / double(peaks.count)) : 0);
}

Value krt_audioop_maxpp_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  return unsignedResult(peaksOf(samples).largest);
}

Value krt_audioop_cross_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  int64_t crossings = samples.count() ? 0 : -1;
  for (int64_t i = 1; i < samples.count(); ++i)
    crossings += (samples[i] < 0) != (samples[i - 1] < 0);
  return krt_int_from_i64(crossings);
}

Value krt_audioop_findfit_py(Value fragment, Value reference) {
  BytesLike a, r;
  if (!acquireShorts_py(a, fragment) || !acquireShorts_py(r, reference))
    return {};
  int64_t count = a.size() / 2, width = r.size() / 2;
  if (count < width)
    return krt_raise(errorClass, "First sample should be longer");
  // The factor f that makes the sum of (a - f r)^2 least leaves |a|^2 - (a.r)^2 / |r|^2 of it; it is compared
  // as a share of |a|^2.
  double rr = products(r, 0, r, 0, width), aa = products(a, 0, a, 0, width);
  int64_t best = 0;
  double least = 0, bestAr = 0;
  for (int64_t at = 0; at + width <= count; ++at) {
    if (at) {
      double gone = shortAt(a, at - 1), come = shortAt(a, at + width - 1);
      aa += come * come - gone * gone;
    }
    double ar = products(a, at, r, 0, width);
    double rest = (aa * rr - ar * ar) / aa;
    if (!at || rest < least) {
      best = at;
      least = rest;
      bestAr = ar;
    }
  }
  Value pair[] = {krt_int_from_i64(best), floatBox(bestAr / rr)};
  return krt_tuple_from(pair, 2);
}

Value krt_audioop_findfactor_py(Value fragment, Value reference) {
  BytesLike a, r;
  if (!acquireShorts_py(a, fragment) || !acquireShorts_py(r, reference))
    return {};
  if (a.size() != r.size())
    return krt_raise(errorClass, "Samples should be same size");
  return floatBox(products(a, 0, r, 0, a.size() / 2) / products(r, 0, r, 0, r.size() / 2));
}

Value krt_audioop_findmax_py(Value fragment, int64_t length) {
  BytesLike a;
  if (!acquireShorts_py(a, fragment))
    return {};
  int64_t count = a.size() / 2;
  if (length < 0 || count < length)
    return krt_raise(errorClass, "Input sample should be longer");
  double energy = products(a, 0, a, 0, length), most = energy;
  int64_t best = 0;
  for (int64_t at = 1; at + length <= count; ++at) {
    double gone = shortAt(a, at - 1), come = length ? shortAt(a, at + length - 1) : gone;
    energy += come * come - gone * gone;
    if (energy > most) {
      most = energy;
      best = at;
    }
  }
  return krt_int_from_i64(best);
}

// ---- Changes ----------------------------------------------------------------------------------------

Value krt_audioop_mul_py(Value fragment, int width, double factor) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  SampleRange range(width);
  return mapped(samples, width, [&](int32_t sample) { return range.fit(sample * factor); });
}

Value krt_audioop_bias_py(Value fragment, int width, int bias) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  // Wraps around: the low bytes of the sum.
  return mapped(samples, width, [&](int32_t sample) {
    return static_cast<int32_t>(static_cast<uint32_t>(sample) + static_cast<uint32_t>(bias));
  });
}

Value krt_audioop_add_py(Value fragment1, Value fragment2, int width) {
  Fragment a, b;
  if (!a.acquire_py(fragment1, width))
    return {};
  BytesLike second; // its length is compared before anything else is said about it
  if (!second.acquire_py(fragment2))
    return {};
  if (second.size() != a.size())
    return krt_raise(errorClass, "Lengths should be the same");
  SampleRange range(width);
  Bytes *to = newSamples(a.count(), width);
  for (int64_t i = 0; to && i < a.count(); ++i)
    putSample(to->data + i * width, width,
              range.fit(double(a[i]) + sampleAt(second.data() + i * width, width)));
  return to;
}

Value krt_audioop_tomono_py(Value fragment, int width, double left, double right) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  if (samples.count() % 2)
    return krt_raise(errorClass, "not a whole number of frames");
  SampleRange range(width);
  Bytes *to = newSamples(samples.count() / 2, width);
  for (int64_t i = 0; to && i < samples.count() / 2; ++i)
    putSample(to->data + i * width, width, range.fit(samples[2 * i] * left + samples[2 * i + 1] * right));
  return to;
}

Value krt_audioop_tostereo_py(Value fragment, int width, double left, double right) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  SampleRange range(width);
  Bytes *to = newSamples(samples.count(), 2 * width);
  for (int64_t i = 0; to && i < samples.count(); ++i) {
    putSample(to->data + 2 * i * width, width, range.fit(samples[i] * left));
    putSample(to->data + (2 * i + 1) * width, width, range.fit(samples[i] * right));
  }
  return to;
}

Value krt_audioop_reverse_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  int64_t i = samples.count();
  return mapped(samples, width, [&](int32_t) { return samples[--i]; });
}

Value krt_audioop_byteswap_py(Value fragment, int width) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width))
    return {};
  return mapped(samples, width, [&](int32_t sample) {
    return static_cast<int32_t>(__builtin_bswap32(static_cast<uint32_t>(sample)) >> (32 - 8 * width));
  });
}

Value krt_audioop_lin2lin_py(Value fragment, int width, int newWidth) {
  Fragment samples;
  if (!samples.acquire_py(fragment, width) || !checkWidth(newWidth))
    return {};
  return mapped(samples, newWidth,
                [&](int32_t sample) { return narrowed(widened(sample, width), newWidth); });
}

Value krt_audioop_lin2ulaw_py(Value fragment, int width) { return toBytes_py(fragment, width, 14, toULaw); }
Value krt_audioop_ulaw2lin_py(Value fragment, int width) { return fromBytes_py(fragment, width, fromULaw); }
Value krt_audioop_lin2alaw_py(Value fragment, int width) { return toBytes_py(fragment, width, 13, toALaw); }
Value krt_audioop_alaw2lin_py(Value fragment, int width) { return fromBytes_py(fragment, width, fromALaw); }

Value krt_audioop_lin2adpcm_py(Value fragment, int width, Value state) {
  Fragment samples;
  Adpcm coder;
  if (!samples.acquire_py(fragment, width) || !coder.parse(state))
    return {};
  // Two samples a byte; of an odd one at the end only the state knows.
  Bytes *to = krt_bytes_raw(static_cast<size_t>(samples.count() / 2));
  int high = 0;
  for (int64_t i = 0; to && i < samples.count(); ++i) {
    int code = coder.encode(widened(samples[i], width) >> 16);
    if (i % 2)
      to->data[i / 2] = static_cast<uint8_t>(high << 4 | code);
    high = code;
  }
  return to ? coder.with(to) : Value();
}

Value krt_audioop_adpcm2lin_py(Value fragment, int width, Value state) {
  BytesLike from;
  Adpcm coder;
  if (!from.acquire_py(fragment) || !checkWidth(width) || !coder.parse(state))
    return {};
  Bytes *to = from.size() > INT64_MAX / 2 ? newSamples(INT64_MAX, 8) : newSamples(2 * from.size(), width);
  for (int64_t i = 0; to && i < 2 * from.size(); ++i) {
    int code = i % 2 ? from.data()[i / 2] & 0xf : from.data()[i / 2] >> 4;
    putSample(to->data + i * width, width, narrowed(widened(coder.decode(code), 2), width));
  }
  return to ? coder.with(to) : Value();
}

// ---- Rates ------------------------------------------------------------------------------------------

namespace {

/// What ratecv() knows between fragments: how far the time of the output is behind that of the input, in
/// units of 1 / (inRate * outRate), and for each channel the last two samples (32 bits) that went in.
struct RateState {
  struct Samples {
    int32_t previous, current;
  };
  int64_t behind;
  size_t channels;
  std::unique_ptr<Samples[], decltype(&std::free)> samples; // of each channel; null: no memory

  RateState(int64_t begin, size_t count)
      : behind(begin), channels(count),
        samples(static_cast<Samples *>(std::calloc(count, sizeof(Samples))), std::free) {}

  bool parse(Value state) {
    if (state == kNone)
      return true;
    if (!checkState(state))
      return false;
    Tuple *pair = state.as<Tuple>();
    if (pair->length != 2 || !pair->items[0].isInt() || !hasClassFlag(pair->items[1], kClassTupleSub) ||
        pair->items[1].as<Tuple>()->length != static_cast<int64_t>(channels))
      return illegal();
    behind = pair->items[0].asInt();
    for (size_t i = 0; i < channels; ++i) {
      Value last = pair->items[1].as<Tuple>()->items[i];
      if (!hasClassFlag(last, kClassTupleSub) || last.as<Tuple>()->length != 2)
        return illegal();
      Value *two = last.as<Tuple>()->items;
      for (Value sample : {two[0], two[1]})
        if (!sample.isInt() || sample.asInt() != static_cast<int32_t>(sample.asInt()))
          return illegal();
      samples[i] = {static_cast<int32_t>(two[0].asInt()), static_cast<int32_t>(two[1].asInt())};
    }
    return true;
  }

  Value with(Value bytes) const {
    Tuple *all = krt_tuple_new(channels);
    for (size_t i = 0; i < channels; ++i) {
      Value two[] = {krt_int_from_i64(samples[i].previous), krt_int_from_i64(samples[i].current)};
      all->items[i] = krt_tuple_from(two, 2);
    }
    Value state[] = {krt_int_from_i64(behind), all};
    Value parts[] = {bytes, krt_tuple_from(state, 2)};
    return krt_tuple_from(parts, 2);
  }

private:
  static bool illegal() {
    krt_raise(kTypeError, "ratecv(): illegal state argument");
    return false;
  }
};

} // namespace

Value krt_audioop_ratecv_py(Value fragment, int width, int channels, int inRate, int outRate, Value state,
                            int weightA, int weightB) {
  if (!checkWidth(width))
    return {};
  if (channels < 1)
    return krt_raise(errorClass, "# of channels should be >= 1");
  if (channels > INT32_MAX / width)
    return krt_raise(kOverflowError, "width * nchannels too big for a C int");
  if (weightA < 1 || weightB < 0)
    return krt_raise(errorClass, "weightA should be >= 1, weightB should be >= 0");
  BytesLike from;
  if (!from.acquire_py(fragment))
    return {};
  int64_t frameSize = int64_t(width) * channels, frames = from.size() / frameSize;
  if (from.size() % frameSize)
    return krt_raise(errorClass, "not a whole number of frames");
  if (inRate <= 0 || outRate <= 0)
    return krt_raise(errorClass, "sampling rate not > 0");
  if (int common = std::gcd(inRate, outRate); common > 1) {
    inRate /= common;
    outRate /= common;
  }
  double share = double(weightA) + weightB;
  auto n = static_cast<size_t>(channels);
  RateState now(-int64_t(outRate), n);
  if (!now.samples)
    return krt_raise_memory();
  if (!now.parse(state))
    return {};
  BytesBuilder out;
  const uint8_t *at = from.data();
  for (;;) {
    for (; now.behind < 0; now.behind += outRate) { // more input is wanted
      if (!frames--)
        return now.with(out.finish());
      for (size_t i = 0; i < n; ++i, at += width) {
        RateState::Samples &last = now.samples[i];
        double sample = widened(sampleAt(at, width), width);
        last = {last.current,
                static_cast<int32_t>((weightA * sample + weightB * double(last.current)) / share)};
      }
    }
    for (; now.behind >= 0; now.behind -= inRate)
      for (size_t i = 0; i < n; ++i) {
        double between = (double(now.samples[i].previous) * double(now.behind) +
                          double(now.samples[i].current) * double(outRate - now.behind)) /
                         outRate;
        int32_t sample = narrowed(static_cast<int32_t>(between), width);
        out.append(&sample, static_cast<size_t>(width));
      }
  }
}

} // namespace krait
