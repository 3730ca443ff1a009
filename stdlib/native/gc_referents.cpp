#include "stdlib/native/gc_referents.h"

#include "runtime/interp/interp.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"

#include <unordered_set>

namespace krait {

namespace {

struct Collector {
  GcVector<Value> *out;

  void add(Value value) {
    if (value)
      out->push(value);
  }
  void add(Object *object) {
    if (object)
      out->push(Value(object));
  }
  void addAll(const Value *items, int64_t count) {
    for (int64_t i = 0; i < count; ++i)
      add(items[i]);
  }
  template <typename... Parts> void addParts(Parts... parts) { (add(parts), ...); }

  void contents(Value v) {
    uint32_t at = 0;
    if (hasClassFlag(v, kClassListSub)) {
      addAll(v.as<List>()->items, v.as<List>()->length);
    } else if (hasClassFlag(v, kClassTupleSub)) {
      addAll(v.as<Tuple>()->items, v.as<Tuple>()->length);
    } else if (hasClassFlag(v, kClassDictSub)) {
      while (DictEntry *entry = krt_dict_next(v.as<Dict>(), &at))
        addParts(entry->key, entry->value);
    } else if (hasClassFlag(v, kClassSetSub)) {
      while (SetEntry *entry = krt_set_next(v.as<Set>(), &at))
        add(entry->key);
    } else if (hasClassFlag(v, kClassExceptionSub)) {
      auto *e = v.as<Exception>();
      addParts(e->args, e->traceback, e->context, e->cause);
    } else if (hasClassFlag(v, kClassTypeSub)) {
      auto *cls = v.as<Class>();
      addParts(cls->dict, cls->mro, cls->bases, cls->base);
    } else {
      parts(v);
    }
  }

  /// Of the exact native classes with fields that hold objects.
  void parts(Value v) {
    Class *cls = classOf(v);
    if (cls == &krt_function_class) {
      auto *f = v.as<Function>();
      addParts(f->code, f->globals, f->builtins, f->defaults, f->kwdefaults, f->closure, f->name, f->qualname,
               f->doc, f->module, f->annotations, f->dict);
    } else if (cls == &krt_method_class) {
      addParts(v.as<BoundMethod>()->function, v.as<BoundMethod>()->self);
    } else if (cls == &krt_cell_class) {
      add(v.as<Cell>()->value);
    } else if (cls == &krt_native_function_class) {
      addParts(v.as<NativeFunction>()->self, v.as<NativeFunction>()->module);
    } else if (cls == &krt_staticmethod_class || cls == &krt_classmethod_class) {
      addParts(v.as<StaticMethod>()->function, v.as<StaticMethod>()->dict);
    } else if (cls == &krt_property_class) {
      auto *p = v.as<Property>();
      addParts(p->get, p->set, p->del, p->doc);
    } else if (cls == &krt_generator_class || cls == &krt_coroutine_class ||
               cls == &krt_async_generator_class) {
      auto *g = v.as<Generator>();
      addParts(g->name, g->qualname, g->origin, g->finalizer);
      if (g->state == GeneratorState::Created || g->state == GeneratorState::Suspended)
        frame(&g->frame);
    } else if (krt_instance(v, &krt_module_class)) {
      add(v.as<Module>()->dict);
    }
  }

  void frame(Frame *f) {
    addParts(f->code, f->globals, f->locals);
    if (!(f->flags & kFrameBare)) // compiled code has its values elsewhere
      addAll(f->registers, f->code->registerCount);
  }

  /// Attributes, members of __slots__ and the class of an instance.
  void attributes(Object *object) {
    Shape *shape = object->shape;
    if (shape->flags & kShapeDictMode) {
      add(*extraWord(object));
    } else if (shape->flags & kShapeHasExtra) {
      for (uint32_t i = 0; i < shape->count; ++i)
        add(*attributeSlot(object, i));
    }
    if (!(shape->cls->flags & kClassHeap))
      return;
    add(shape->cls);
    for (Class *cls = shape->cls; cls && (cls->flags & kClassHeap); cls = cls->base) {
      uint32_t at = 0;
      while (DictEntry *entry = krt_dict_next(cls->dict, &at))
        if (isExact(entry->value, krt_member_descriptor_class) &&
            entry->value.as<MemberDescriptor>()->cls == cls)
          add(*reinterpret_cast<Value *>(reinterpret_cast<char *>(object) +
                                         entry->value.as<MemberDescriptor>()->offset));
    }
  }
};

} // namespace

void gcReferents(Value value, GcVector<Value> *out) {
  if (!value.isObject())
    return;
  Collector collector{out};
  collector.contents(value);
  collector.attributes(value.asObject());
}

void gcReachable(GcVector<Value> *out) {
  std::unordered_set<uint64_t> seen;
  GcVector<Value> found;
  auto take = [&](Value v) {
    constexpr uint32_t kPlain =
        kClassIntSub | kClassStrSub | kClassBytesSub | kClassFloatSub | kClassComplexSub | kClassByteArraySub;
    if (v.isObject() && !((classOf(v)->flags & kPlain) && !(classOf(v)->flags & kClassHeap)) &&
        seen.insert(v.bits).second)
      out->push(v);
  };
  take(krt_sys_modules());
  take(Value(&krt_object_class));
  for (Frame *frame = krt_thread.frame; frame; frame = frame->back)
    Collector{&found}.frame(frame);
  for (size_t next = 0;; ++next) {
    for (Value v : found)
      take(v);
    found.clear();
    if (next == out->size())
      return;
    gcReferents((*out)[next], &found);
  }
}

} // namespace krait
