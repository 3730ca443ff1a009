// class.h - making and looking into classes and shapes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
extern Class krt_type_class, krt_object_class, krt_super_class;

/// Makes a static native class usable: MRO, dict (methods table, slot wrappers, doc), inherited slots. The
/// class must have nativeName, basicSize and, unless it derives from object alone, base filled in.
/// Idempotent; readies bases first. A rootShape that is already set (static, as those of text and numbers
/// are) is kept and only gets its id.
void krt_class_ready(Class *cls);
/// type(name, bases, namespace, **kwargs): a new heap class; runs __set_name__ and __init_subclass__.
Value krt_class_make_py(Class *metaclass, Str *name, Tuple *bases, Dict *ns, const Value *kwargs,
                        Tuple *kwnames);
/// `__build_class__`.
Value krt_build_class_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
/// Attribute [name] of the class changed: new versions for it and its subclasses, slots brought up to date,
/// cells cleared.
void krt_class_modified(Class *cls, Str *name);
/// Readies all classes of ClassList.def; the collector must run.
void krt_object_start();
/// Parts of krt_object_start: fields kept in tables.
void krt_range_start();
void krt_super_start();
void krt_members_start();
void krt_union_start();
/// Gives [cls] the `__dict__` attribute of its instances.
void krt_class_add_dict_descriptor(Class *cls);
/// Calls [visit] for each living direct subclass.
void krt_class_each_subclass(Class *cls, void (*visit)(Class *sub, void *data), void *data);
/// The class that decides the layout of instances of a class with [bases]; null with TypeError.
Class *krt_class_best_base(Tuple *bases);
/// C3 linearisation of [cls] with its bases; null with TypeError.
Tuple *krt_class_make_mro(Class *cls);
/// Enters [cls] among the subclasses of each of its bases.
void krt_class_link(Class *cls);
void krt_class_unlink(Class *cls);
/// Makes rootShape and dictShape from flags and layout; the classes of instances made so far keep their
/// shapes.
void krt_class_make_shapes(Class *cls);
/// An instance stored [count] attributes, more than foreseen: later instances get as many inline slots.
void krt_class_learn_slots(Class *cls, uint32_t count);
/// An instance with empty attributes: basicSize + itemSize * items, extra word and inline slots; finalizer
/// registered if kClassHasDel.
KRT_RT(KRT_COLLECTS, KRT_RAISES) Object *krt_instance_new(Class *cls, size_t items);
/// "collections.deque" -> "collections"; heap classes: __module__.
Value krt_class_module(Class *cls);
/// Do the shapes of [cls] say all about attributes of its instances: none but the generic look-up and store,
/// one word each?
bool krt_class_is_plain(const Class *cls);
/// Does calling [cls] make an instance as object.__new__ does and then initialise it, with nothing to do at
/// its end?
bool krt_class_makes_plain(const Class *cls);
/// Does calling it make instances by BaseException.__new__?
bool krt_class_makes_exception(const Class *cls);
/// The number of `__slots__` words if instances of [cls] are laid out as header, those words, extra word and
/// inline slots; -1 for any other layout. Members of each word, in order, go to [members] (room for
/// kMaxMembers) unless it is null.
int64_t krt_class_members(Class *cls, MemberDescriptor **members);
/// Name for messages: as tp_name (with the module for native classes outside builtins).
const char *krt_class_name(const Class *cls);

constexpr int64_t kMaxMembers = 32;

// Shapes.
Shape *krt_shape_new_root(Class *cls, uint32_t flags);
/// Index of attribute [name] (interned), or -1.
KRT_RT(KRT_COLLECTS, KRT_PURE) int64_t krt_shape_find(const Shape *shape, Str *name);
/// The shape after adding [name]; null when the object should go over to dict mode instead.
Shape *krt_shape_add(Shape *shape, Str *name);
KRT_RT_END
}

/// Address of the extra word of an object whose shape has kShapeHasExtra.
inline Value *extraWord(Object *object) {
  const Class *cls = object->shape->cls;
  uint64_t offset = cls->extraOffset;
  if (__builtin_expect(offset == kExtraAtEnd, 0)) {
    // Bytes keep a 0 byte behind the last item; both kinds have their length where the struct says.
    int64_t length = cls->itemSize == 1 ? reinterpret_cast<Bytes *>(object)->length + 1
                                        : reinterpret_cast<Tuple *>(object)->length;
    offset = (cls->basicSize + length * cls->itemSize + 7) & ~uint64_t{7};
  }
  return reinterpret_cast<Value *>(reinterpret_cast<char *>(object) + offset);
}
/// Address of attribute number [index] of an object in shape mode.
inline Value *attributeSlot(Object *object, uint64_t index) {
  Value *extra = extraWord(object);
  uint32_t inlineSlots = object->shape->inlineSlots;
  if (__builtin_expect(index < inlineSlots, 1))
    return extra + 1 + index;
  return extra->as<Value>() + (index - inlineSlots);
}

} // namespace krait
