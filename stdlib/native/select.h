// select.h - the module select: waiting for descriptors.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Poll : Object {
  Dict *events; // descriptor -> mask
};

KRT_MODULE(select, "Waiting until descriptors can be read or written.");
KRT_CLASS(poll, "A set of descriptors to wait for.");

extern "C" {
extern Class krt_poll_class;
KRT_MODULE_INIT(select)
bool krt_select_init(Module *module);
/// Wait until one of the descriptors is ready: three lists of those that are.
KRT_FUNCTION(select, "select(rlist, wlist, xlist, timeout=None, /)", KRT_RUNS_PY)
Value krt_select_select_py(Value reading, Value writing, Value special, Value timeout);
/// A new set of descriptors.
KRT_FUNCTION(select, "poll()", KRT_COLLECTS, KRT_RAISES)
Value krt_select_poll();
/// Add a descriptor.
KRT_METHOD(poll, "register(self, fd, eventmask=7, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_poll_register_py(Poll *self, Value fd, int mask);
/// Change what is waited for on a descriptor.
KRT_METHOD(poll, "modify(self, fd, eventmask, /)", KRT_RUNS_PY)
Value krt_poll_modify_py(Poll *self, Value fd, int mask);
/// Remove a descriptor.
KRT_METHOD(poll, "unregister(self, fd, /)", KRT_RUNS_PY)
Value krt_poll_unregister_py(Poll *self, Value fd);
/// Wait so many milliseconds: a list of (descriptor, events).
KRT_METHOD(poll, "poll(self, timeout=None, /)", KRT_RUNS_PY)
Value krt_poll_poll_py(Poll *self, Value timeout);
}

} // namespace krait
