// _random.h - the module _random: the Mersenne Twister behind random.Random.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Random : Object {
  uint32_t state[624];
  uint32_t index;
};

KRT_MODULE(_random, "The Mersenne Twister generator.");
KRT_CLASS(random, "A generator of random numbers, the Mersenne Twister.");

extern "C" {
extern Class krt_random_class;
KRT_MODULE_INIT(_random)
bool krt__random_init(Module *module);

/// A generator, seeded from the argument or from the system.
KRT_INIT(random, "Random(seed=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
bool krt_random_init_py(Random *self, Value seed);
/// The next number in [0.0, 1.0).
KRT_METHOD(random, "random(self, /)", KRT_COLLECTS)
double krt_random_random(Random *self);
/// Start the sequence anew from a number, a hash, or the system.
KRT_METHOD(random, "seed(self, n=None, /)", KRT_RUNS_PY)
Value krt_random_seed_py(Random *self, Value n);
/// The state as a tuple of integers.
KRT_METHOD(random, "getstate(self, /)", KRT_COLLECTS)
Value krt_random_getstate(Random *self);
/// Take up a state that getstate() gave.
KRT_METHOD(random, "setstate(self, state, /)", KRT_RUNS_PY)
Value krt_random_setstate_py(Random *self, Value state);
/// An integer of k random bits.
KRT_METHOD(random, "getrandbits(self, k, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_random_getrandbits(Random *self, int64_t k);
}

} // namespace krait
