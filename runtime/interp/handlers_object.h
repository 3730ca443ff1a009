// handlers_object.h - attributes, items, iteration, unpacking.
#pragma once

#include "runtime/interp/attribute_cache.h"
#include "runtime/interp/handlers_data.h"

namespace krait {

inline Value &slotAt(Value object, uint64_t offset) {
  return *reinterpret_cast<Value *>(object.bits + offset);
}
inline Value *overflowOf(Value object) { return extraWord(object.asObject())->template as<Value>(); }

// ---- Attributes ----

KRT_HANDLER opLoadAttr(KRT_STATE);
KRT_HANDLER opLoadMethod(KRT_STATE);
KRT_HANDLER opStoreAttr(KRT_STATE);

KRT_SLOW opLoadAttrSlow(KRT_STATE) {
  Frame *frame = frameOf(regs);
  Value object = regs[pc[2]];
  Str *name = frame->code->names[wideAt(pc + 3)];
  SiteCache &cache = caches[wideAt(pc + 5)];
  if (!attributeHit(cache, object) && attributeCacheShared(cache, object, name))
    KRT_TAIL opLoadAttr<Policy>(KRT_PASS);
  SAVE_PC();
  Value value;
  if (attributeHit(cache, object) && kindOf(cache) == AttributeKind::Property) {
    value = krt_call1_py(Value(cache.words[2]), object);
  } else if (attributeHit(cache, object) && kindOf(cache) == AttributeKind::Descriptor) {
    Value descriptor = Value(cache.words[2]);
    value = classOf(descriptor)->slots.descrGet(descriptor, object, Value(classOf(object)));
  } else if (attributeHit(cache, object) && kindOf(cache) == AttributeKind::Method) {
    Value function = Value(cache.words[2]);
    value = isExact(function, krt_function_class)
                ? krt_method_new(function, object)
                : classOf(function)->slots.descrGet(function, object, Value(classOf(object)));
  } else {
    Shape *shape = object.isObject() ? object.asObject()->shape : nullptr;
    value = krt_getattr_py(object, name);
    if (value && (!shape || object.asObject()->shape == shape))
      attributeCacheLoad(cache, object, name);
  }
  RAISE_IF(!value);
  Policy::attribute(frame, wideAt(pc + 5), object, value);
  regs[pc[1]] = value;
  NEXT_OF(LoadAttr);
}

/// The value where the cache hits and no call is needed, else null.
inline Value attributeQuick(const SiteCache &cache, Value object) {
  if (__builtin_expect(!object.isObject(), 0))
    return {};
  Shape *shape = object.asObject()->shape;
  if (__builtin_expect(cache.words[0] != reinterpret_cast<uint64_t>(shape), 0))
    return {};
  AttributeKind kind = kindOf(cache);
  if (__builtin_expect(kind == AttributeKind::Type, 0))
    return cache.words[3] == object.bits && cache.words[1] >> 32 == object.as<Class>()->version
               ? Value(cache.words[2])
               : Value();
  if (__builtin_expect(cache.words[1] >> 32 != shape->cls->version, 0))
    return {};
  switch (kind) {
  case AttributeKind::Inline:
    return slotAt(object, cache.words[2]);
  case AttributeKind::Overflow:
    return overflowOf(object)[cache.words[2]];
  case AttributeKind::ClassValue:
    return Value(cache.words[2]);
  case AttributeKind::Module: {
    Dict *dict = object.as<Module>()->dict;
    return dict->version == cache.words[3] ? dict->entries[cache.words[2]].value : Value();
  }
  default:
    return {};
  }
}

KRT_HANDLER opLoadAttr(KRT_STATE) {
  Value object = regs[pc[2]];
  const SiteCache &cache = caches[wideAt(pc + 5)];
  Value value = attributeQuick(cache, object);
  if (__builtin_expect(!value, 0))
    KRT_TAIL opLoadAttrSlow<Policy>(KRT_PASS);
  Policy::attribute(frameOf(regs), wideAt(pc + 5), object, value);
  regs[pc[1]] = value;
  NEXT_OF(LoadAttr);
}

KRT_SLOW opLoadMethodSlow(KRT_STATE) {
  Frame *frame = frameOf(regs);
  Value object = regs[pc[2]];
  Str *name = frame->code->names[wideAt(pc + 3)];
  SiteCache &cache = caches[wideAt(pc + 5)];
  if (!attributeHit(cache, object) && attributeCacheShared(cache, object, name))
    KRT_TAIL opLoadMethod<Policy>(KRT_PASS);
  SAVE_PC();
  Value self;
  Value function = krt_load_method_py(object, name, &self);
  RAISE_IF(!function);
  attributeCacheLoad(cache, object, name);
  Policy::attribute(frame, wideAt(pc + 5), object, function);
  regs[pc[1]] = function;
  regs[pc[1] + 1] = self;
  NEXT_OF(LoadMethod);
}

KRT_HANDLER opLoadMethod(KRT_STATE) {
  Value object = regs[pc[2]];
  const SiteCache &cache = caches[wideAt(pc + 5)];
  if (__builtin_expect(attributeHit(cache, object) && kindOf(cache) == AttributeKind::Method, 1)) {
    Policy::attribute(frameOf(regs), wideAt(pc + 5), object, Value(cache.words[2]));
    regs[pc[1]] = Value(cache.words[2]);
    regs[pc[1] + 1] = object;
    NEXT_OF(LoadMethod);
  }
  Value value = attributeQuick(cache, object);
  if (__builtin_expect(!value, 0))
    KRT_TAIL opLoadMethodSlow<Policy>(KRT_PASS);
  Policy::attribute(frameOf(regs), wideAt(pc + 5), object, value);
  regs[pc[1]] = value;
  regs[pc[1] + 1] = Value();
  NEXT_OF(LoadMethod);
}

KRT_SLOW opStoreAttrSlow(KRT_STATE) {
  Frame *frame = frameOf(regs);
  Value object = regs[pc[1]];
  Str *name = frame->code->names[wideAt(pc + 2)];
  if (SiteCache &cache = caches[wideAt(pc + 5)];
      !attributeHit(cache, object) && attributeCacheSharedStore(cache, object, name))
    KRT_TAIL opStoreAttr<Policy>(KRT_PASS);
  SAVE_PC();
  Shape *before = object.isObject() ? object.asObject()->shape : nullptr;
  if (const SiteCache &cache = caches[wideAt(pc + 5)];
      attributeHit(cache, object) && kindOf(cache) == AttributeKind::Descriptor) {
    Value descriptor = Value(cache.words[2]);
    RAISE_IF(classOf(descriptor)->slots.descrSet(descriptor, object, regs[pc[4]]) < 0);
    Policy::store(frame, wideAt(pc + 5), object, before, regs[pc[4]]);
    NEXT_OF(StoreAttr);
  }
  RAISE_IF(krt_setattr_py(object, name, regs[pc[4]]) < 0);
  if (before)
    attributeCacheStore(caches[wideAt(pc + 5)], object, before, name);
  Policy::store(frame, wideAt(pc + 5), object, before, regs[pc[4]]);
  NEXT_OF(StoreAttr);
}

KRT_HANDLER opStoreAttr(KRT_STATE) {
  Value object = regs[pc[1]], value = regs[pc[4]];
  const SiteCache &cache = caches[wideAt(pc + 5)];
  if (__builtin_expect(!attributeHit(cache, object), 0))
    KRT_TAIL opStoreAttrSlow<Policy>(KRT_PASS);
  Shape *before = object.asObject()->shape;
  switch (kindOf(cache)) {
  case AttributeKind::Inline:
    slotAt(object, cache.words[2]) = value;
    break;
  case AttributeKind::Overflow:
    overflowOf(object)[cache.words[2]] = value;
    break;
  case AttributeKind::Add:
    slotAt(object, cache.words[3]) = value;
    object.asObject()->shape = reinterpret_cast<Shape *>(cache.words[2]);
    break;
  default:
    KRT_TAIL opStoreAttrSlow<Policy>(KRT_PASS);
  }
  Policy::store(frameOf(regs), wideAt(pc + 5), object, before, value);
  NEXT_OF(StoreAttr);
}

KRT_HANDLER opDeleteAttr(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_setattr_py(regs[pc[1]], frameOf(regs)->code->names[wideAt(pc + 2)], Value()) < 0);
  NEXT_OF(DeleteAttr);
}

KRT_HANDLER opLoadSuperAttr(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value value = krt_op_load_super_py(regs[pc[2]], regs[pc[3]], regs[pc[4]],
                                     frame->code->names[wideAt(pc + 5)], nullptr);
  RAISE_IF(!value);
  Policy::attribute(frame, wideAt(pc + 7), regs[pc[4]], value);
  regs[pc[1]] = value;
  NEXT_OF(LoadSuperAttr);
}

KRT_HANDLER opLoadSuperMethod(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value self;
  Value function =
      krt_op_load_super_py(regs[pc[2]], regs[pc[3]], regs[pc[4]], frame->code->names[wideAt(pc + 5)], &self);
  RAISE_IF(!function);
  Policy::attribute(frame, wideAt(pc + 7), regs[pc[4]], function);
  regs[pc[1]] = function;
  regs[pc[1] + 1] = self;
  NEXT_OF(LoadSuperMethod);
}

// ---- Items ----

/// Position of an int key in [0, length), or -1.
inline int64_t quickIndex(Value key, int64_t length) {
  int64_t index = key.asInt();
  if (index < 0)
    index += length;
  return static_cast<uint64_t>(index) < static_cast<uint64_t>(length) ? index : -1;
}

KRT_SLOW opGetItemSlow(KRT_STATE) {
  SAVE_PC();
  Value object = regs[pc[2]], key = regs[pc[3]];
  Value value;
  if (isExact(object, krt_dict_class)) {
    value = krt_dict_get_py(object.as<Dict>(), key);
    if (!value && !errorPending())
      krt_raise_key_error(key);
  } else {
    value = krt_getitem_py(object, key);
  }
  RAISE_IF(!value);
  Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
  regs[pc[1]] = value;
  NEXT_OF(GetItem);
}

struct StaticStrs;
extern "C" StaticStrs krt_str_statics;

/// The string of one character below 256, which exists once (runtime/object/str.cpp).
inline Value latin1String(uint8_t c) {
  return Value(reinterpret_cast<uint64_t>(&krt_str_statics) + uint64_t{c} * 40);
}

KRT_HANDLER opGetItem(KRT_STATE) {
  Value object = regs[pc[2]], key = regs[pc[3]];
  if (__builtin_expect(key.isInt() && object.isObject(), 1)) {
    Shape *shape = object.asObject()->shape;
    if (shape == krt_list_class.rootShape) {
      List *list = object.as<List>();
      int64_t index = quickIndex(key, list->length);
      if (__builtin_expect(index >= 0, 1)) {
        Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
        regs[pc[1]] = list->items[index];
        NEXT_OF(GetItem);
      }
    } else if (shape == krt_tuple_class.rootShape) {
      Tuple *tuple = object.as<Tuple>();
      int64_t index = quickIndex(key, tuple->length);
      if (__builtin_expect(index >= 0, 1)) {
        Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
        regs[pc[1]] = tuple->items[index];
        NEXT_OF(GetItem);
      }
    } else if (shape == &krt_str_shape && object.as<Str>()->kind() == 1) {
      Str *text = object.as<Str>();
      int64_t index = quickIndex(key, text->length());
      if (__builtin_expect(index >= 0, 1)) {
        Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
        regs[pc[1]] = latin1String(text->data1()[index]);
        NEXT_OF(GetItem);
      }
    }
  }
  KRT_TAIL opGetItemSlow<Policy>(KRT_PASS);
}

KRT_SLOW opSetItemSlow(KRT_STATE) {
  SAVE_PC();
  Value object = regs[pc[1]], key = regs[pc[2]];
  Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
  int status = isExact(object, krt_dict_class) ? krt_dict_set_py(object.as<Dict>(), key, regs[pc[3]])
                                               : krt_setitem_py(object, key, regs[pc[3]]);
  RAISE_IF(status < 0);
  NEXT_OF(SetItem);
}

KRT_HANDLER opSetItem(KRT_STATE) {
  Value object = regs[pc[1]], key = regs[pc[2]];
  if (__builtin_expect(
          key.isInt() && object.isObject() && object.asObject()->shape == krt_list_class.rootShape, 1)) {
    List *list = object.as<List>();
    int64_t index = quickIndex(key, list->length);
    if (__builtin_expect(index >= 0, 1)) {
      Policy::item(frameOf(regs), wideAt(pc + 4), object, key);
      list->items[index] = regs[pc[3]];
      NEXT_OF(SetItem);
    }
  }
  KRT_TAIL opSetItemSlow<Policy>(KRT_PASS);
}

KRT_HANDLER opDelItem(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_setitem_py(regs[pc[1]], regs[pc[2]], Value()) < 0);
  NEXT_OF(DelItem);
}

// ---- Iteration ----

KRT_HANDLER opGetIter(KRT_STATE) {
  SAVE_PC();
  Value object = regs[pc[2]];
  Value iterator = krt_iter_py(object);
  RAISE_IF(!iterator);
  Policy::operand(frameOf(regs), wideAt(pc + 3), object);
  regs[pc[1]] = iterator;
  NEXT_OF(GetIter);
}

template <class Policy> __attribute__((preserve_none, noinline)) Value forIterSlow(KRT_STATE) {
  SAVE_PC();
  Value iterator = regs[pc[2]];
  Policy::operand(frameOf(regs), wideAt(pc + 5), iterator);
  Value item =
      __builtin_expect(krt_tracing_on, 0) ? traceNext_py(frameOf(regs), iterator) : krt_next_py(iterator);
  if (__builtin_expect(!item, 0)) {
    RAISE_IF(errorPending());
    Policy::branch(frameOf(regs), wideAt(pc + 5), true);
    JUMP(kLength<Opcode::ForIter>, jumpAt(pc + 3));
  }
  Policy::branch(frameOf(regs), wideAt(pc + 5), false);
  regs[pc[1]] = item;
  NEXT_OF(ForIter);
}

KRT_HANDLER opForIter(KRT_STATE) {
  Object *iterator = regs[pc[2]].asObject();
  Shape *shape = iterator->shape;
  if (shape == krt_range_iter_class.rootShape) {
    auto *range = static_cast<RangeIter *>(iterator);
    if (__builtin_expect(range->remaining > 0, 1)) {
      int64_t value = range->next;
      if (__builtin_expect(fitsSmallInt(value), 1)) {
        if (--range->remaining)
          range->next = value + range->step;
        Policy::operand(frameOf(regs), wideAt(pc + 5), iterator);
        Policy::branch(frameOf(regs), wideAt(pc + 5), false);
        regs[pc[1]] = smallInt(value);
        NEXT_OF(ForIter);
      }
    }
  } else if (shape == krt_list_iter_class.rootShape) {
    auto *position = static_cast<ListIter *>(iterator);
    List *list = position->container.template as<List>();
    if (__builtin_expect(list && position->index < list->length, 1)) {
      Policy::operand(frameOf(regs), wideAt(pc + 5), iterator);
      Policy::branch(frameOf(regs), wideAt(pc + 5), false);
      regs[pc[1]] = list->items[position->index++];
      NEXT_OF(ForIter);
    }
  } else if (shape == krt_tuple_iter_class.rootShape) {
    auto *position = static_cast<ListIter *>(iterator);
    Tuple *tuple = position->container.template as<Tuple>();
    if (__builtin_expect(tuple && position->index < tuple->length, 1)) {
      Policy::operand(frameOf(regs), wideAt(pc + 5), iterator);
      Policy::branch(frameOf(regs), wideAt(pc + 5), false);
      regs[pc[1]] = tuple->items[position->index++];
      NEXT_OF(ForIter);
    }
  }
  KRT_TAIL forIterSlow<Policy>(KRT_PASS);
}

KRT_SLOW opUnpackSequenceSlow(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_unpack_py(regs[pc[2]], regs + pc[1], pc[3]) < 0);
  NEXT_OF(UnpackSequence);
}

KRT_HANDLER opUnpackSequence(KRT_STATE) {
  Value sequence = regs[pc[2]];
  unsigned count = pc[3];
  Policy::operand(frameOf(regs), wideAt(pc + 4), sequence);
  if (sequence.isObject()) {
    const Value *items = nullptr;
    Shape *shape = sequence.asObject()->shape;
    if (shape == krt_tuple_class.rootShape && sequence.as<Tuple>()->length == count)
      items = sequence.as<Tuple>()->items;
    else if (shape == krt_list_class.rootShape && sequence.as<List>()->length == count)
      items = sequence.as<List>()->items;
    if (__builtin_expect(items != nullptr, 1)) {
      for (unsigned i = 0; i < count; ++i)
        regs[pc[1] + i] = items[i];
      NEXT_OF(UnpackSequence);
    }
  }
  KRT_TAIL opUnpackSequenceSlow<Policy>(KRT_PASS);
}

KRT_HANDLER opUnpackEx(KRT_STATE) {
  SAVE_PC();
  RAISE_IF(krt_op_unpack_ex_py(regs[pc[2]], regs + pc[1], pc[3], pc[4]) < 0);
  NEXT_OF(UnpackEx);
}

} // namespace krait
