// attributes.cpp - reading, setting and deleting attributes: instances (shapes and dicts), the generic algorithms of object
// and type, method look-up for calls. Messages are CPython's.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {
namespace {

inline Str *interned(Str *name) { return __builtin_expect(name->isInterned(), 1) ? name : krt_str_intern(name); }

/// Room for the overflow array of [count] attributes beyond the inline ones: it grows when full, so count tells.
size_t overflowCapacity(uint32_t count) { return count <= 4 ? 4 : std::bit_ceil(count); }

/// The attributes of an object in shape mode as a dict.
Dict *gatherAttributes(Object *object) {
  Shape *shape = object->shape;
  Dict *dict = krt_dict_new_sized(shape->count + 1);
  GcVector<Str *> names;
  for (Shape *at = shape; at->name; at = at->parent)
    names.push(at->name);
  for (uint32_t i = 0; i < shape->count; ++i)
    krt_dict_set_str(dict, names[shape->count - 1 - i], *attributeSlot(object, i));
  return dict;
}

/// Moves the attributes of [object] to a dict.
Dict *toDictMode(Object *object) {
  Shape *shape = object->shape;
  Dict *dict = gatherAttributes(object);
  Value *extra = extraWord(object);
  if (uint32_t n = shape->inlineSlots)
    std::memset(static_cast<void *>(extra + 1), 0, n * sizeof(Value));
  *extra = dict;
  object->shape = shape->cls->dictShape;
  return dict;
}

Value *dictWord(Object *object) { return extraWord(object); }

Value missing(Value object, Str *name) {
  return krt_raise_attribute_error(object, name, "'%.50T' object has no attribute '%S'", object, Value(name));
}

} // namespace

// ---- Instances ------------------------------------------------------------------------------------------

Value krt_instance_get(Value value, Str *name) {
  if (!value.isObject())
    return {};
  Object *object = value.asObject();
  Shape *shape = object->shape;
  if (!(shape->flags & kShapeHasExtra))
    return {};
  if (shape->flags & kShapeDictMode) {
    Value dict = *dictWord(object);
    return dict ? krt_dict_get_str(dict.as<Dict>(), name) : Value();
  }
  int64_t index = krt_shape_find(shape, name);
  return index < 0 ? Value() : *attributeSlot(object, static_cast<uint64_t>(index));
}

int krt_instance_set(Object *object, Str *name, Value value) {
  Shape *shape = object->shape;
  if (!(shape->flags & kShapeHasExtra))
    return -1;
  if (shape->flags & kShapeDictMode) {
    Value *word = dictWord(object);
    if (!value)
      return *word && krt_dict_delete_str(word->as<Dict>(), name) == 1 ? 0 : 1;
    if (!*word)
      *word = krt_dict_new();
    krt_dict_set_str(word->as<Dict>(), name, value);
    return 0;
  }
  int64_t found = krt_shape_find(shape, name);
  if (found >= 0) {
    if (value) {
      *attributeSlot(object, static_cast<uint64_t>(found)) = value;
      return 0;
    }
    if (found == shape->count - 1) { // the last one goes: the shape before it fits
      *attributeSlot(object, static_cast<uint64_t>(found)) = Value();
      object->shape = shape->parent;
      return 0;
    }
    krt_dict_delete_str(toDictMode(object), name);
    return 0;
  }
  if (!value)
    return 1;
  Shape *grown = krt_shape_add(shape, name);
  if (!grown) {
    krt_dict_set_str(toDictMode(object), name, value);
    return 0;
  }
  uint32_t index = shape->count, inlineSlots = shape->inlineSlots;
  Value *extra = extraWord(object);
  if (index < inlineSlots) {
    extra[1 + index] = value;
  } else {
    uint32_t over = index - inlineSlots;
    if (over == 0 || over == overflowCapacity(over)) {
      size_t capacity = over == 0 ? 4 : overflowCapacity(over + 1);
      auto *array = static_cast<Value *>(gcAllocate(capacity * sizeof(Value)));
      if (over && extra->as<Value>())
        std::memcpy(static_cast<void *>(array), extra->as<Value>(), over * sizeof(Value));
      *extra = Value(reinterpret_cast<uint64_t>(array));
      if (over == 0)
        krt_class_learn_slots(shape->cls, index + 1);
    }
    extra->as<Value>()[over] = value;
  }
  object->shape = grown;
  return 0;
}

Dict *krt_instance_dict(Value value) {
  if (!value.isObject())
    return nullptr;
  Object *object = value.asObject();
  Shape *shape = object->shape;
  if (!(shape->flags & kShapeHasExtra))
    return nullptr;
  if (!(shape->flags & kShapeDictMode))
    return toDictMode(object);
  Value *word = dictWord(object);
  if (!*word)
    *word = krt_dict_new();
  return word->as<Dict>();
}

Dict *krt_instance_dict_copy(Value value) {
  if (!value.isObject() || !(value.asObject()->shape->flags & kShapeHasExtra))
    return nullptr;
  Object *object = value.asObject();
  if (!(object->shape->flags & kShapeDictMode))
    return gatherAttributes(object);
  Value dict = *dictWord(object);
  return dict ? krt_dict_copy(dict.as<Dict>()) : krt_dict_new();
}

// ---- object.__getattribute__, object.__setattr__ -------------------------------------------------------------

Value krt_object_getattr_optional_py(Value object, Str *name) {
  Class *cls = classOf(object);
  Value descriptor = krt_class_lookup(cls, name);
  auto get = descriptor ? classOf(descriptor)->slots.descrGet : nullptr;
  if (get && classOf(descriptor)->slots.descrSet) {
    Value result = get(descriptor, object, cls);
    if (!result)
      krt_error_clear_if(kAttributeError);
    return result;
  }
  if (Value own = krt_instance_get(object, name))
    return own;
  if (get) {
    Value result = get(descriptor, object, cls);
    if (!result)
      krt_error_clear_if(kAttributeError);
    return result;
  }
  return descriptor;
}

Value krt_object_getattr_py(Value object, Str *name) {
  name = interned(name);
  Class *cls = classOf(object);
  Value descriptor = krt_class_lookup(cls, name);
  auto get = descriptor ? classOf(descriptor)->slots.descrGet : nullptr;
  if (get && classOf(descriptor)->slots.descrSet)
    return get(descriptor, object, cls);
  if (Value own = krt_instance_get(object, name))
    return own;
  if (get)
    return get(descriptor, object, cls);
  if (descriptor)
    return descriptor;
  return missing(object, name);
}

int krt_object_setattr_py(Value object, Str *name, Value value) {
  name = interned(name);
  Value descriptor = krt_class_lookup(classOf(object), name);
  if (descriptor)
    if (auto set = classOf(descriptor)->slots.descrSet)
      return set(descriptor, object, value);
  int result = object.isObject() ? krt_instance_set(object.asObject(), name, value) : -1;
  if (result == 0)
    return 0;
  if (result == 1) {
    missing(object, name);
    return -1;
  }
  if (descriptor)
    return raiseInt(kAttributeError, "'%.100T' object attribute '%S' is read-only", object, Value(name));
  return raiseInt(kAttributeError, "'%.100T' object has no attribute '%S'", object, Value(name));
}

// ---- type.__getattribute__, type.__setattr__ -----------------------------------------------------------------

static Value typeGetattr(Value object, Str *name, bool optional) {
  Class *cls = object.as<Class>();
  Class *meta = classOf(object);
  Value metaAttribute = krt_class_lookup(meta, name);
  auto metaGet = metaAttribute ? classOf(metaAttribute)->slots.descrGet : nullptr;
  if (metaGet && classOf(metaAttribute)->slots.descrSet)
    return metaGet(metaAttribute, object, meta);
  if (Value attribute = krt_class_lookup(cls, name)) {
    auto get = classOf(attribute)->slots.descrGet;
    return get ? get(attribute, {}, object) : attribute;
  }
  if (metaGet)
    return metaGet(metaAttribute, object, meta);
  if (metaAttribute)
    return metaAttribute;
  if (optional)
    return {};
  return krt_raise_attribute_error(object, name, "type object '%.50S' has no attribute '%S'", Value(cls->name),
                                   Value(name));
}

Value krt_type_getattr_py(Value object, Str *name) { return typeGetattr(object, interned(name), false); }

int krt_type_setattr_py(Value object, Str *name, Value value) {
  Class *cls = object.as<Class>();
  name = interned(name);
  if (!(cls->flags & kClassHeap) || (cls->flags & kClassImmutable))
    return raiseInt(kTypeError, "cannot set %R attribute of immutable type '%N'", Value(name), cls);
  Value descriptor = krt_class_lookup(classOf(object), name);
  if (descriptor)
    if (auto set = classOf(descriptor)->slots.descrSet)
      return set(descriptor, object, value);
  if (value) {
    krt_dict_set_str(cls->dict, name, value);
  } else {
    int removed = krt_dict_delete_str(cls->dict, name);
    if (removed < 0)
      return -1;
    if (!removed)
      return raiseInt(kAttributeError, "type object '%.100N' has no attribute '%S'", cls, Value(name));
  }
  krt_class_modified(cls, name);
  return 0;
}

// ---- Any object ------------------------------------------------------------------------------------------------

Value krt_getattr_py(Value object, Str *name) {
  name = interned(name);
  auto getattr = classOf(object)->slots.getattr;
  return getattr ? getattr(object, name) : krt_object_getattr_py(object, name);
}

Value krt_getattr_optional_py(Value object, Str *name) {
  name = interned(name);
  auto getattr = classOf(object)->slots.getattr;
  Value result;
  if (!getattr)
    return krt_object_getattr_optional_py(object, name);
  result = getattr == krt_type_getattr_py ? typeGetattr(object, name, true) : getattr(object, name);
  if (!result && errorPending())
    krt_error_clear_if(kAttributeError);
  return result;
}

int krt_setattr_py(Value object, Str *name, Value value) {
  name = interned(name);
  auto setattr = classOf(object)->slots.setattr;
  return setattr ? setattr(object, name, value) : krt_object_setattr_py(object, name, value);
}

Value krt_load_method_py(Value object, Str *name, Value *self) {
  Class *cls = classOf(object);
  auto getattr = cls->slots.getattr;
  *self = Value();
  if (__builtin_expect(!getattr, 1)) {
    Value attribute = krt_class_lookup(cls, name);
    if (attribute && (classOf(attribute)->flags & kClassMethodDescr)) {
      if (Value own = krt_instance_get(object, name))
        return own;
      *self = object;
      return attribute;
    }
    return krt_object_getattr_py(object, name);
  }
  if (getattr == krt_type_getattr_py) {
    // Plain functions made class methods need no bound temporary.
    Value attribute = krt_class_lookup(object.as<Class>(), name);
    if (attribute && isExact(attribute, krt_classmethod_class) &&
        isExact(attribute.as<StaticMethod>()->function, krt_function_class)) {
      Value meta = krt_class_lookup(cls, name);
      if (!meta || !classOf(meta)->slots.descrSet) {
        *self = object;
        return attribute.as<StaticMethod>()->function;
      }
    }
  }
  return getattr(object, name);
}

Value krt_special_lookup_py(Value object, Str *name, Value *self) {
  Class *cls = classOf(object);
  *self = Value();
  Value attribute = krt_class_lookup(cls, name);
  if (!attribute)
    return {};
  Class *kind = classOf(attribute);
  if (kind->flags & kClassMethodDescr) {
    *self = object;
    return attribute;
  }
  return kind->slots.descrGet ? kind->slots.descrGet(attribute, object, cls) : attribute;
}

} // namespace krait
