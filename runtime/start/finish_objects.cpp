// finish_objects.cpp - see finish_objects.h. As in CPython, objects end while the modules they were made by still have all
// their names; what was imported stays in sys.modules.
#include "runtime/start/finish_objects.h"

#include "runtime/abi/native.h"
#include "runtime/object/class.h"
#include "runtime/interp/interp.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/module.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/sys_functions.h"
#include "stdlib/native/_io.h"
#include "stdlib/native/_socket.h"
#include "stdlib/native/io_streams.h"
#include "stdlib/native/posix.h"

#include <algorithm>

namespace krait {

namespace {

struct Last {
  Object *object;
  void (*run)(Object *object);
  int64_t rank; // place among the main module's names; behind them: no such place
};

bool endsByItself(Class *cls) {
  return cls == &krt_generator_class || cls == &krt_coroutine_class || cls == &krt_async_generator_class ||
         (cls->flags & kClassHasDel && cls->slots.finalize);
}

/// Place of [object] among the names of a module.
int64_t rankOf(const char *name, Object *object) {
  Value module = krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern(name));
  if (!module || !isExact(module, krt_module_class))
    return INT64_MAX;
  Dict *names = module.as<Module>()->dict;
  for (int64_t i = 0; i < names->fill; ++i)
    if (names->entries[i].value == Value(object))
      return i;
  return INT64_MAX;
}

bool isStandardStream(Object *object) {
  for (const char *name : {"stdin", "stdout", "stderr"})
    if (krt_sys_get(strIntern(name)) == Value(object))
      return true;
  return false;
}

} // namespace

void LastObjects::finalize_py() {
  GcVector<Object *> objects;
  GcVector<void (*)(Object *)> runs;
  gcTakeFinalizers(&objects, &runs);
  GcVector<Last> last;
  for (size_t i = 0; i < objects.size(); ++i) {
    Class *cls = classOf(objects[i]);
    bool stream = krt_instance(objects[i], &krt_iobase_class);
    if (krt_instance(objects[i], &krt_socket_class) || cls == &krt_scandir_iterator_class || (stream && !(cls->flags & kClassHeap))) {
      resources_.push(objects[i]);
      runs_.push(runs[i]);
    } else if (endsByItself(cls) && !(stream && isStandardStream(objects[i])) && rankOf("sys", objects[i]) == INT64_MAX) {
      // What sys names would end after the standard streams: no one could hear of it.
      last.push({objects[i], runs[i], rankOf("__main__", objects[i])});
    }
  }
  std::sort(last.begin(), last.end(), [](const Last &a, const Last &b) { return a.rank != b.rank ? a.rank < b.rank : a.object < b.object; });
  for (Last &one : last) {
    if (auto finalize = classOf(one.object)->slots.finalize)
      finalize(one.object);
    else
      one.run(one.object);
    krt_error_clear();
  }
}

void LastObjects::warn_py() {
  // The outermost stream speaks for those below it.
  for (bool text : {true, false})
    for (size_t i = 0; i < resources_.size(); ++i)
      if (krt_instance(resources_[i], &krt_iobase_class) && krt_instance(resources_[i], &krt_textiowrapper_class) == text)
        ioWarnLast_py(resources_[i]);
  for (size_t i = 0; i < resources_.size(); ++i)
    if (!krt_instance(resources_[i], &krt_iobase_class))
      runs_[i](resources_[i]);
}

} // namespace krait
