// attribute_cache.cpp - filling the caches of attribute sites.
#include "runtime/interp/attribute_cache.h"

#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"

#include <iterator>

namespace krait {

namespace {

/// The sites' memory of all shapes. Words are kept as complements, since the collector scans static data and
/// they would keep classes alive. A class version is never given twice, and the shapes of a class live as
/// long as it does: an entry of a class that is gone cannot match, whatever has its address now.
struct SharedEntry {
  uint64_t name; // complement of the name's address; that of a store is odd
  SiteCache site;
};
constexpr unsigned kSharedBits = 11;
SharedEntry shared[size_t(1) << kSharedBits];

enum class Access : uint64_t { Load, Store };

SharedEntry &sharedEntry(const Shape *shape, const Str *name, Access access) {
  uint64_t mixed = (reinterpret_cast<uint64_t>(shape) >> 4) + reinterpret_cast<uint64_t>(name) * 3 +
                   static_cast<uint64_t>(access);
  return shared[(mixed * 0x9e3779b97f4a7c15) >>
                (64 - kSharedBits)]; // multiplicative hash: Knuth, volume 3, 6.4
}
uint64_t sharedName(const Str *name, Access access) {
  return ~(reinterpret_cast<uint64_t>(name) | static_cast<uint64_t>(access));
}

/// Modules and classes as receivers are known by more than their shape.
bool isShared(AttributeKind kind) {
  return kind != AttributeKind::None && kind != AttributeKind::Module && kind != AttributeKind::Type;
}

void share(const SiteCache &cache, Str *name, Access access) {
  if (!isShared(kindOf(cache)))
    return;
  SharedEntry &entry = sharedEntry(reinterpret_cast<Shape *>(cache.words[0]), name, access);
  entry.name = sharedName(name, access);
  for (size_t i = 0; i < std::size(cache.words); ++i)
    entry.site.words[i] = ~cache.words[i];
}

bool takeShared(SiteCache &cache, Value object, Str *name, Access access) {
  if (!object.isObject())
    return false;
  Shape *shape = object.asObject()->shape;
  const SharedEntry &entry = sharedEntry(shape, name, access);
  if (entry.name != sharedName(name, access) || ~entry.site.words[0] != reinterpret_cast<uint64_t>(shape) ||
      ~entry.site.words[1] >> 32 != shape->cls->version)
    return false;
  for (size_t i = 0; i < std::size(cache.words); ++i)
    cache.words[i] = ~entry.site.words[i];
  return true;
}

void remember(SiteCache &cache, Shape *shape, AttributeKind kind, uint64_t word2, uint64_t word3 = 0) {
  if (!shape->cls->version) // there are no more: changes would not be seen
    return;
  cache.words[0] = reinterpret_cast<uint64_t>(shape);
  cache.words[1] = attributeKey(shape->cls, kind);
  cache.words[2] = word2;
  cache.words[3] = word3;
}

/// A word of `__slots__`; null while it is unset, which is no hit for a load.
bool isMember(Value attribute, Class *cls) {
  return isExact(attribute, krt_member_descriptor_class) &&
         krt_subclass(cls, attribute.as<MemberDescriptor>()->cls) &&
         !attribute.as<MemberDescriptor>()->readOnly && !attribute.as<MemberDescriptor>()->unsetIsNone;
}

/// A data descriptor whose class can never change what reading and storing do; properties are asked in
/// Python.
bool isNativeDescriptor(Value attribute) {
  const Class *kind = classOf(attribute);
  return !(kind->flags & kClassHeap) && kind->slots.descrGet && kind != &krt_property_class &&
         kind != &krt_member_descriptor_class;
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
    remember(cache, module->shape, AttributeKind::Module, static_cast<uint64_t>(position),
             module->dict->version);
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

void fillLoad(SiteCache &cache, Value value, Str *name) {
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
    else if (isExact(attribute, krt_property_class) && attribute.as<Property>()->get &&
             attribute.as<Property>()->get != kNone)
      remember(cache, shape, AttributeKind::Property, attribute.as<Property>()->get.bits);
    else if (isNativeDescriptor(attribute))
      remember(cache, shape, AttributeKind::Descriptor, attribute.bits);
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

void fillStore(SiteCache &cache, Value value, Shape *before, Str *name) {
  Object *object = value.asObject();
  Shape *shape = object->shape;
  Class *cls = shape->cls;
  if (cls->slots.setattr || before->cls != cls)
    return;
  Value attribute = krt_class_lookup(cls, name);
  if (attribute && classOf(attribute)->slots.descrSet) {
    if (isMember(attribute, cls))
      remember(cache, shape, AttributeKind::Inline, attribute.as<MemberDescriptor>()->offset);
    else if (shape == before && isNativeDescriptor(attribute))
      remember(cache, shape, AttributeKind::Descriptor, attribute.bits);
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
  remember(cache, before, AttributeKind::Add, reinterpret_cast<uint64_t>(shape),
           static_cast<uint64_t>(offset));
}

} // namespace

void attributeCacheLoad(SiteCache &cache, Value object, Str *name) {
  if (!object.isObject())
    return;
  fillLoad(cache, object, name);
  share(cache, name, Access::Load);
}

void attributeCacheStore(SiteCache &cache, Value object, Shape *before, Str *name) {
  if (!object.isObject())
    return;
  fillStore(cache, object, before, name);
  share(cache, name, Access::Store);
}

bool attributeCacheShared(SiteCache &cache, Value object, Str *name) {
  return takeShared(cache, object, name, Access::Load);
}
bool attributeCacheSharedStore(SiteCache &cache, Value object, Str *name) {
  return takeShared(cache, object, name, Access::Store);
}

} // namespace krait
