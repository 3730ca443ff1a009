// attribute_cache.cpp - filling the caches of attribute sites.
#include "runtime/interp/attribute_cache.h"

#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"

namespace krait {

namespace {

void remember(SiteCache &cache, Shape *shape, AttributeKind kind, uint64_t word2, uint64_t word3 = 0) {
  cache.words[0] = reinterpret_cast<uint64_t>(shape);
  cache.words[1] = attributeKey(shape->cls, kind);
  cache.words[2] = word2;
  cache.words[3] = word3;
}

/// A word of `__slots__`; null while it is unset, which is no hit for a load.
bool isMember(Value attribute, Class *cls) {
  return isExact(attribute, krt_member_descriptor_class) && krt_subclass(cls, attribute.as<MemberDescriptor>()->cls) &&
         !attribute.as<MemberDescriptor>()->readOnly && !attribute.as<MemberDescriptor>()->unsetIsNone;
}

void rememberSlot(SiteCache &cache, Object *object, int64_t index) {
  Shape *shape = object->shape;
  if (static_cast<uint64_t>(index) >= shape->inlineSlots)
    return remember(cache, shape, AttributeKind::Overflow, static_cast<uint64_t>(index) - shape->inlineSlots);
  auto offset = reinterpret_cast<char *>(attributeSlot(object, index)) - reinterpret_cast<char *>(object);
  remember(cache, shape, AttributeKind::Inline, static_cast<uint64_t>(offset));
}

void cacheModule(SiteCache &cache, Module *module, Str *name) {
  int64_t position = krt_dict_find_str(module->dict, name);
  if (position >= 0)
    remember(cache, module->shape, AttributeKind::Module, static_cast<uint64_t>(position), module->dict->version);
}

/// The receiver is a class: attributes come from its own MRO unless the metaclass has a data descriptor.
void cacheType(SiteCache &cache, Class *receiver, Str *name) {
  Value metaAttribute = krt_class_lookup(receiver->shape->cls, name);
  if (metaAttribute && classOf(metaAttribute)->slots.descrSet)
    return;
  Value attribute = krt_class_lookup(receiver, name);
  if (!attribute)
    return;
  const Class *kind = classOf(attribute);
  if (kind->slots.descrGet) {
    // Functions and static methods give themselves when read from the class.
    if (isExact(attribute, krt_staticmethod_class))
      attribute = attribute.as<StaticMethod>()->function;
    else if (!isExact(attribute, krt_function_class))
      return;
  }
  cache.words[0] = reinterpret_cast<uint64_t>(receiver->shape);
  cache.words[1] = attributeKey(receiver, AttributeKind::Type);
  cache.words[2] = attribute.bits;
  cache.words[3] = reinterpret_cast<uint64_t>(receiver);
}

} // namespace

void attributeCacheLoad(SiteCache &cache, Value value, Str *name) {
  if (!value.isObject())
    return;
  Object *object = value.asObject();
  Shape *shape = object->shape;
  Class *cls = shape->cls;
  if (cls->flags & kClassTypeSub) {
    if (cls == &krt_type_class)
      cacheType(cache, static_cast<Class *>(object), name);
    return;
  }
  if (cls == &krt_module_class && !krt_class_lookup(cls, name))
    return cacheModule(cache, static_cast<Module *>(object), name);
  if (cls->slots.getattr || (shape->flags & kShapeDictMode))
    return;
  Value attribute = krt_class_lookup(cls, name);
  int64_t index = shape->flags & kShapeHasExtra ? krt_shape_find(shape, name) : -1;
  if (attribute && classOf(attribute)->slots.descrSet) {
    if (isMember(attribute, cls))
      remember(cache, shape, AttributeKind::Inline, attribute.as<MemberDescriptor>()->offset);
    else if (isExact(attribute, krt_property_class) && attribute.as<Property>()->get && attribute.as<Property>()->get != kNone)
      remember(cache, shape, AttributeKind::Property, attribute.as<Property>()->get.bits);
    return;
  }
  if (index >= 0)
    return rememberSlot(cache, object, index);
  if (!attribute)
    return;
  if (classOf(attribute)->flags & kClassMethodDescr)
    return remember(cache, shape, AttributeKind::Method, attribute.bits);
  if (!classOf(attribute)->slots.descrGet)
    return remember(cache, shape, AttributeKind::ClassValue, attribute.bits);
  if (isExact(attribute, krt_staticmethod_class))
    remember(cache, shape, AttributeKind::ClassValue, attribute.as<StaticMethod>()->function.bits);
}

void attributeCacheStore(SiteCache &cache, Value value, Shape *before, Str *name) {
  if (!value.isObject())
    return;
  Object *object = value.asObject();
  Shape *shape = object->shape;
  Class *cls = shape->cls;
  if (cls->slots.setattr || before->cls != cls)
    return;
  Value attribute = krt_class_lookup(cls, name);
  if (attribute && classOf(attribute)->slots.descrSet) {
    if (isMember(attribute, cls))
      remember(cache, shape, AttributeKind::Inline, attribute.as<MemberDescriptor>()->offset);
    return;
  }
  if ((shape->flags & kShapeDictMode) || !(shape->flags & kShapeHasExtra))
    return;
  int64_t index = krt_shape_find(shape, name);
  if (index < 0)
    return;
  if (shape == before)
    return rememberSlot(cache, object, index);
  if (shape->parent != before || static_cast<uint64_t>(index) >= shape->inlineSlots)
    return;
  auto offset = reinterpret_cast<char *>(attributeSlot(object, index)) - reinterpret_cast<char *>(object);
  remember(cache, before, AttributeKind::Add, reinterpret_cast<uint64_t>(shape), static_cast<uint64_t>(offset));
}

} // namespace krait
