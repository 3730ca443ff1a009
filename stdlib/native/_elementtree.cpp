// _elementtree.cpp - see _elementtree.h. What asks for more than children of one tag goes to the library's
// ElementPath.
#include "stdlib/native/_elementtree.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "runtime/object/sequence.h"
#include "runtime/object/state.h"
#include "stdlib/native/_elementtree_builder.h"
#include "stdlib/native/_elementtree_parser.h"
#include "stdlib/native/class_module.h"

#include <algorithm>

#include "stdlib/native/_elementtree.bind.inc"

namespace krait {

Class *elementParseError;
Value elementCommentFactory, elementInstructionFactory;

namespace {

Element *elementOf(Value v) { return v.as<Element>(); }
Value orNone(Value v) { return v ? v : kNone; }

Value refuseChild(Value v) { return krt_raise(kTypeError, "expected an Element, not \"%.200T\"", v); }

/// Room for one child more, in steps that sys.getsizeof() shows as CPython's.
void grow(Element *self, size_t needed) {
  if (needed <= self->capacity)
    return;
  size_t capacity = self->capacity
                        ? std::max(needed + needed / (needed < 64 ? 8 : 2) + (needed < 9 ? 3 : 6), size_t{4})
                        : std::max<size_t>(needed, 4);
  auto *children = static_cast<Value *>(gcAllocate(capacity * sizeof(Value)));
  if (self->count)
    std::memcpy(static_cast<void *>(children), self->children, self->count * sizeof(Value));
  if (self->children)
    krt_gc_free(self->children, self->capacity * sizeof(Value), false);
  self->children = children;
  self->capacity = static_cast<uint32_t>(capacity);
}

/// Replaces [removed] children at [start] by [count] others.
void splice(Element *self, int64_t start, int64_t removed, const Value *items, int64_t count) {
  int64_t tail = self->count - start - removed;
  grow(self, static_cast<size_t>(start + count + tail));
  Value *at = self->children + start;
  if (tail && count != removed)
    std::memmove(static_cast<void *>(at + count), at + removed, static_cast<size_t>(tail) * sizeof(Value));
  if (count)
    std::memcpy(static_cast<void *>(at), items, static_cast<size_t>(count) * sizeof(Value));
  auto left = static_cast<uint32_t>(start + count + tail);
  for (uint32_t i = left; i < self->count; ++i)
    self->children[i] = {};
  self->count = left;
}

Dict *attributesOf(Element *self) {
  if (!self->attributes)
    self->attributes = krt_dict_new();
  return self->attributes;
}

/// A list or tuple as it is, of anything else a list of what it gives; null with TypeError.
Value sequenceOf_py(Value v) {
  if (hasClassFlag(v, kClassListSub) || hasClassFlag(v, kClassTupleSub))
    return v;
  Value list = krt_list_from_py(v);
  if (!list && krt_error_clear_if(kTypeError))
    return krt_raise(kTypeError, "expected sequence, not \"%.200T\"", v);
  return list;
}
std::pair<const Value *, int64_t> itemsOf(Value sequence) {
  if (hasClassFlag(sequence, kClassTupleSub))
    return {sequence.as<Tuple>()->items, sequence.as<Tuple>()->length};
  return {sequence.as<List>()->items, sequence.as<List>()->length};
}

// ---- Making -------------------------------------------------------------------------------------------

Value makeElement(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

/// The attributes that a call gives: a copy of the dict [given] or of the keyword "attrib", and the other
/// [keywords]. False with an exception pending.
bool gatherAttributes_py(Value given, Dict *keywords, Dict **out) {
  *out = nullptr;
  if (given) {
    *out = krt_dict_copy(given.as<Dict>());
  } else if (keywords && keywords->used) {
    Value attrib = krt_dict_get_str(keywords, KSTR(attrib));
    if (attrib) {
      if (!hasClassFlag(attrib, kClassDictSub)) {
        krt_raise(kTypeError, "attrib must be dict, not %.100T", attrib);
        return false;
      }
      *out = krt_dict_copy(attrib.as<Dict>());
      krt_dict_delete_str(keywords, KSTR(attrib));
    }
  }
  if (!keywords || !keywords->used)
    return true;
  if (!*out)
    *out = krt_dict_new();
  return krt_dict_update_py(*out, keywords, true) >= 0;
}

/// Looks at the positional arguments of Element() and SubElement(): [least] and one that may be a dict.
bool checkPositional(const char *name, ArgSpan args, size_t least) {
  if (args.size < least || args.size > least + 1) {
    bool few = args.size < least;
    size_t bound = few ? least : least + 1;
    krt_raise(kTypeError, "%s() takes %s %zu argument%s (%zu given)", name, few ? "at least" : "at most",
              bound, bound == 1 ? "" : "s", args.size);
    return false;
  }
  if (least == 2 && !elementCheck(args.data[0])) {
    krt_raise(kTypeError, "%s() argument 1 must be xml.etree.ElementTree.Element, not %T", name,
              args.data[0]);
    return false;
  }
  if (args.size > least && !hasClassFlag(args.data[least], kClassDictSub)) {
    const char *got = args.data[least] == kNone ? "None" : krt_class_name(classOf(args.data[least]));
    krt_raise(kTypeError, "%s() argument %zu must be dict, not %s", name, least + 1, got);
    return false;
  }
  return true;
}

/// Element(tag, attrib={}, **extra)
int initElement(Value v, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!checkPositional("Element", {args, nargs}, 1))
    return -1;
  Dict *keywords = nullptr, *attributes;
  if (kwnames && kwnames->length) {
    keywords = krt_dict_new();
    for (int64_t i = 0; i < kwnames->length; ++i)
      krt_dict_set_str(keywords, kwnames->items[i].as<Str>(), args[nargs + static_cast<size_t>(i)]);
  }
  if (!gatherAttributes_py(nargs > 1 ? args[1] : Value(), keywords, &attributes))
    return -1;
  Element *self = elementOf(v);
  self->tag = args[0];
  self->text = self->tail = {};
  self->attributes = attributes;
  return 0;
}

Value repr(Value v) {
  Element *self = elementOf(v);
  if (reprEnter(v))
    return krt_raise(kRuntimeError, "reentrant call inside xml.etree.ElementTree.Element.__repr__");
  KRT_ALLOW_PY("the slot repr may run Python code");
  Str *tag = krt_repr_py(orNone(self->tag));
  reprLeave(v);
  return krt_str_format("<Element %S at %p>", Value(TRY(tag)), self);
}

// ---- Children -----------------------------------------------------------------------------------------

/// The place that [key] names; as above. False with an exception pending.
bool indexOf_py(Element *self, Value key, const char *outOfRange, int64_t *index) {
  uint32_t count;
  do {
    count = self->count;
    if (!sequenceIndex(key, count, "element indices must be integers", outOfRange, index))
      return false;
  } while (*index >= self->count);
  return true;
}

Value getItem(Value v, Value key) {
  Element *self = elementOf(v);
  int64_t i;
  if (key.isInt() || !isExact(key, krt_slice_class))
    return indexOf_py(self, key, "child index out of range", &i) ? self->children[i] : Value();
  int64_t start, stop, step;
  Slice *slice = TRY(sliceSettled_py(key.as<Slice>()));
  int64_t count = krt_slice_adjust_py(slice, self->count, &start, &stop, &step);
  if (count < 0)
    return {};
  List *part = krt_list_new(static_cast<size_t>(count));
  for (i = 0; i < count; ++i)
    krt_list_append(part, self->children[start + i * step]);
  return part;
}

int setItem(Value v, Value key, Value value) {
  Element *self = elementOf(v);
  int64_t i;
  if (!isExact(key, krt_slice_class)) {
    if (!indexOf_py(self, key, "child assignment index out of range", &i))
      return -1;
    if (value && !elementCheck(value))
      return refuseChild(value), -1;
    splice(self, i, 1, &value, value ? 1 : 0);
    return 0;
  }
  Slice *slice = TRY_OR_MINUS(sliceSettled_py(key.as<Slice>()));
  GcVector<Value> items;
  if (value) {
    auto [data, size] = itemsOf(TRY_OR_MINUS(sequenceOf_py(value)));
    items.reserve(static_cast<size_t>(size));
    for (i = 0; i < size; ++i)
      items.push(data[i]);
  }
  int64_t start, stop, step, needed = static_cast<int64_t>(items.size());
  int64_t count = krt_slice_adjust_py(slice, self->count, &start, &stop, &step);
  if (count < 0)
    return -1;
  if (value && step != 1 && needed != count)
    return raiseInt(kValueError, "attempt to assign sequence of size %lld to extended slice of size %lld",
                    static_cast<long long>(needed), static_cast<long long>(count));
  for (Value item : items)
    if (!elementCheck(item))
      return refuseChild(item), -1;
  if (step == 1) {
    splice(self, start, count, items.data(), needed);
    return 0;
  }
  if (value) {
    for (i = 0; i < count; ++i)
      self->children[start + i * step] = items[static_cast<size_t>(i)];
    return 0;
  }
  if (step < 0) {
    start += (count - 1) * step;
    step = -step;
  }
  int64_t to = start, next = start;
  for (int64_t from = start, left = count; from < self->count; ++from) {
    if (left && from == next) {
      next += step;
      --left;
    } else {
      self->children[to++] = self->children[from];
    }
  }
  if (count)
    splice(self, self->count - count, count, nullptr, 0);
  return 0;
}

// ---- Finding ------------------------------------------------------------------------------------------

/// Is [path] more than the name of a tag?
bool isPath(Value path) {
  const uint8_t *bytes = nullptr;
  int64_t length;
  if (strCheck(path)) {
    length = path.as<Str>()->length();
  } else if (bytesCheck(path)) {
    bytes = path.as<Bytes>()->data;
    length = path.as<Bytes>()->length;
  } else {
    return true;
  }
  auto character = [&](int64_t i) { return bytes ? bytes[i] : path.as<Str>()->at(i); };
  if (length >= 3 && character(0) == '{' &&
      (character(1) == '}' || (character(1) == '*' && character(2) == '}')))
    return true; // any namespace, or none
  bool inside = false;
  for (int64_t i = 0; i < length; ++i) {
    uint32_t at = character(i);
    if (at == '{')
      inside = true;
    else if (at == '}')
      inside = false;
    else if (!inside && (at == '/' || at == '*' || at == '[' || at == '@' || at == '.'))
      return true;
  }
  return false;
}

/// The module [name]; null with an exception pending.
Value module_py(Str *name) {
  Value loaded = krt_import_loaded_py(name);
  if (loaded || errorPending())
    return loaded;
  TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), name));
  loaded = krt_import_loaded_py(name);
  return loaded || errorPending() ? loaded : krt_raise(kImportError, "import of %R failed", Value(name));
}

/// ElementPath.[function](arguments...)
Value pathCall_py(Str *function, std::initializer_list<Value> args) {
  Value path = TRY(module_py(strIntern("xml.etree.ElementPath")));
  return krt_call_py(TRY(krt_getattr_py(path, function)), args.begin(), args.size(), nullptr);
}

/// Has [element] the tag? 1, 0 or -1.
int hasTag_py(Element *element, Value tag) { return equalItems(orNone(element->tag), tag); }

/// The first child with the tag, from number *[at] on, which becomes its number; null: none, or an exception
/// is pending.
Element *nextChild_py(Element *self, Value tag, uint32_t *at) {
  for (; *at < self->count; ++*at) {
    Element *child = elementOf(self->children[*at]);
    int found = hasTag_py(child, tag);
    if (found)
      return found < 0 ? nullptr : child;
  }
  return nullptr;
}

// ---- Iterating ----------------------------------------------------------------------------------------

Value iterate(Element *root, Value wanted, bool texts) {
  auto *iterator = gcNew<ElementIter>(krt_element_iter_class);
  iterator->root = root;
  iterator->wanted = wanted;
  iterator->texts = texts;
  return iterator;
}

void enter(ElementIter *self, Element *element) {
  if (self->depth == self->capacity) {
    uint32_t capacity = self->capacity ? self->capacity * 2 : 8;
    auto *levels = static_cast<ElementIter::Level *>(gcAllocate(capacity * sizeof(ElementIter::Level)));
    if (self->depth)
      std::memcpy(levels, self->levels, self->depth * sizeof *levels);
    self->levels = levels;
    self->capacity = capacity;
  }
  self->levels[self->depth++] = {element, 0};
}

/// The value of a text that is to be given; null: go on (or an exception is pending).
Value shownText_py(Value text) {
  if (!text || text == kNone)
    return {};
  if (isExact(text, krt_str_class))
    return text.as<Str>()->length() ? text : Value();
  return krt_truth_py(text) > 0 ? text : Value();
}

Value iterNext(Value v) {
  KRT_ALLOW_PY("the slot next may run Python code");
  auto *self = v.as<ElementIter>();
  for (;;) {
    Element *element;
    if (self->depth == 0) {
      element = self->root;
      if (!element)
        return {};
      self->root = nullptr;
    } else {
      auto &level = self->levels[self->depth - 1];
      if (level.next >= level.element->count) {
        Element *left = level.element;
        level.element = nullptr;
        --self->depth;
        // Inner texts only: not the one after the element where it began.
        if (self->texts && self->depth)
          if (Value text = shownText_py(left->tail); text || errorPending())
            return text;
        continue;
      }
      element = elementOf(level.element->children[level.next++]);
    }
    enter(self, element);
    if (self->texts) {
      if (Value text = shownText_py(element->text); text || errorPending())
        return text;
      continue;
    }
    if (!self->wanted)
      return element;
    if (int found = hasTag_py(element, self->wanted))
      return found < 0 ? Value() : Value(element);
  }
}

// ---- Copies -------------------------------------------------------------------------------------------

/// copy.deepcopy(v, memo), directly for what is copied most.
Value deepcopy_py(Value v, Dict *memo) {
  if (!v || v == kNone || isExact(v, krt_str_class))
    return orNone(v);
  if (isExact(v, krt_element_class))
    return krt_element_deepcopy_py(elementOf(v), memo);
  return krt_call2_py(TRY(krt_getattr_py(TRY(module_py(KSTR(copy))), KSTR(deepcopy))), v, memo);
}

/// deepcopy of a dict, which is most often one of text alone.
Dict *deepcopyAttributes_py(Dict *attributes, Dict *memo) {
  bool plain = isExact(attributes, krt_dict_class);
  uint32_t at = 0;
  while (plain) {
    DictEntry *entry = krt_dict_next(attributes, &at);
    if (!entry)
      return krt_dict_copy(attributes);
    plain = isExact(entry->key, krt_str_class) && isExact(entry->value, krt_str_class);
  }
  Value made = deepcopy_py(attributes, memo);
  if (made && !hasClassFlag(made, kClassDictSub))
    krt_raise(kTypeError, "attrib must be dict, not %.200T", made);
  return errorPending() ? nullptr : made.as<Dict>();
}

} // namespace

Element *elementNew(Value tag, Dict *attributes) {
  auto *made = gcNew<Element>(krt_element_class);
  made->tag = tag;
  made->attributes = attributes;
  return made;
}
void elementAdd(Element *parent, Value child) {
  grow(parent, parent->count + size_t{1});
  parent->children[parent->count++] = child;
}

Value krt__elementtree_subElement_py(ArgSpan args, Dict *keywords) {
  Dict *attributes;
  if (!checkPositional("SubElement", args, 2) ||
      !gatherAttributes_py(args.size > 2 ? args.data[2] : Value(), keywords, &attributes))
    return {};
  Element *made = elementNew(args.data[1], attributes);
  elementAdd(elementOf(args.data[0]), made);
  return made;
}

Value krt__elementtree_setFactories(Value comment, Value instruction) {
  if (comment != kNone && !krt_callable(comment))
    return krt_raise(kTypeError, "Comment factory must be callable, not %.100T", comment);
  if (instruction != kNone && !krt_callable(instruction))
    return krt_raise(kTypeError, "PI factory must be callable, not %.100T", instruction);
  Value old[2] = {orNone(elementCommentFactory), orNone(elementInstructionFactory)};
  elementCommentFactory = comment == kNone ? Value() : comment;
  elementInstructionFactory = instruction == kNone ? Value() : instruction;
  return krt_tuple_from(old, 2);
}

Value krt_element_copy(Element *self) {
  Element *made = elementNew(self->tag, self->attributes);
  made->text = self->text;
  made->tail = self->tail;
  if (self->count)
    splice(made, 0, 0, self->children, self->count);
  return made;
}

Value krt_element_deepcopy_py(Element *self, Dict *memo) {
  if (recursionCheck(" while copying an element"))
    return {};
  Element *made = elementNew(TRY(deepcopy_py(self->tag, memo)), nullptr);
  if (self->attributes)
    made->attributes = TRY(deepcopyAttributes_py(self->attributes, memo));
  made->text = TRY(deepcopy_py(self->text, memo));
  made->tail = TRY(deepcopy_py(self->tail, memo));
  grow(made, self->count);
  for (uint32_t i = 0; i < self->count; ++i) {
    Value child = TRY(deepcopy_py(self->children[i], memo));
    if (!elementCheck(child))
      return refuseChild(child);
    elementAdd(made, child);
  }
  Value id = krt_int_from_i64(static_cast<int64_t>(reinterpret_cast<uintptr_t>(self)));
  return krt_dict_set_py(memo, id, made) < 0 ? Value() : made;
}

Value krt_element_getstate(Element *self) {
  Dict *state = krt_dict_new();
  krt_dict_set_str(state, KSTR(tag), orNone(self->tag));
  krt_dict_set_str(state, KSTR(_children), krt_list_from(self->children, self->count));
  krt_dict_set_str(state, KSTR(attrib), self->attributes ? self->attributes : krt_dict_new());
  krt_dict_set_str(state, KSTR(text), orNone(self->text));
  krt_dict_set_str(state, KSTR(tail), orNone(self->tail));
  return state;
}

Value krt_element_setstate(Element *self, Value state) {
  if (!isExact(state, krt_dict_class))
    return krt_raise(kTypeError, "Don't know how to unpickle \"%.200R\" as an Element", state);
  Value tag, text, tail, attributes, children;
  uint32_t at = 0;
  while (DictEntry *entry = krt_dict_next(state.as<Dict>(), &at)) {
    if (!strCheck(entry->key))
      return krt_raise(kTypeError, "keywords must be strings");
    std::string_view name = strView(entry->key.as<Str>());
    Value *field = name == "tag"         ? &tag
                   : name == "text"      ? &text
                   : name == "tail"      ? &tail
                   : name == "attrib"    ? &attributes
                   : name == "_children" ? &children
                                         : nullptr;
    if (!field)
      return krt_raise(kTypeError, "'%S' is an invalid keyword argument for this function", entry->key);
    *field = entry->value;
  }
  if (!tag)
    return krt_raise(kTypeError, "tag may not be NULL");
  self->tag = tag;
  if (children && !hasClassFlag(children, kClassListSub))
    return krt_raise(kTypeError, "'_children' is not a list");
  if (attributes && !hasClassFlag(attributes, kClassDictSub))
    return krt_raise(kTypeError, "attrib must be dict, not %.200T", attributes);
  if (children)
    for (int64_t i = 0; i < children.as<List>()->length; ++i)
      if (Value child = children.as<List>()->items[i]; !elementCheck(child))
        return refuseChild(child);
  self->text = text;
  self->tail = tail;
  splice(self, 0, self->count, nullptr, 0);
  if (children)
    splice(self, 0, 0, children.as<List>()->items, children.as<List>()->length);
  self->attributes = attributes ? attributes.as<Dict>() : nullptr;
  return kNone;
}

/// As large as in CPython, which keeps four children beside the attributes.
int64_t krt_element_sizeof(Element *self) {
  int64_t size = 56;
  if (self->attributes || self->capacity)
    size += 64 + (self->capacity > 4 ? self->capacity * int64_t{8} : 0);
  return size;
}

void krt_element_append(Element *self, Element *subelement) { elementAdd(self, subelement); }

void krt_element_clear(Element *self) {
  self->text = self->tail = {};
  self->attributes = nullptr;
  self->children = nullptr;
  self->count = self->capacity = 0;
}

Value krt_element_extend_py(Element *self, Value elements) {
  Value sequence = TRY(sequenceOf_py(elements));
  for (int64_t i = 0; i < itemsOf(sequence).second; ++i) {
    Value item = itemsOf(sequence).first[i];
    if (!elementCheck(item))
      return refuseChild(item);
    elementAdd(self, item);
  }
  return kNone;
}

Value krt_element_find_py(Element *self, Value path, Value namespaces) {
  if (namespaces != kNone || isPath(path))
    return pathCall_py(KSTR(find), {self, path, namespaces});
  uint32_t at = 0;
  Element *found = nextChild_py(self, path, &at);
  return found ? Value(found) : errorPending() ? Value() : kNone;
}

Value krt_element_findall_py(Element *self, Value path, Value namespaces) {
  if (namespaces != kNone || isPath(path))
    return pathCall_py(KSTR(findall), {self, path, namespaces});
  List *found = krt_list_new(4);
  uint32_t at = 0;
  while (Element *child = nextChild_py(self, path, &at)) {
    krt_list_append(found, child);
    ++at;
  }
  return errorPending() ? Value() : Value(found);
}

Value krt_element_findtext_py(Element *self, Value path, Value fallback, Value namespaces) {
  if (namespaces != kNone || isPath(path))
    return pathCall_py(KSTR(findtext), {self, path, fallback, namespaces});
  uint32_t at = 0;
  Element *found = nextChild_py(self, path, &at);
  if (!found)
    return errorPending() ? Value() : fallback;
  return found->text && found->text != kNone ? found->text : Value(krt_str_empty);
}

Value krt_element_iterfind_py(Element *self, Value path, Value namespaces) {
  return pathCall_py(KSTR(iterfind), {self, path, namespaces});
}

Value krt_element_get_py(Element *self, Value key, Value fallback) {
  Value found = self->attributes ? krt_dict_get_py(self->attributes, key) : Value();
  return found || errorPending() ? found : fallback;
}

Value krt_element_insert(Element *self, int64_t index, Element *subelement) {
  int64_t count = self->count;
  index = std::clamp<int64_t>(index < 0 ? index + count : index, 0, count);
  Value child = subelement;
  splice(self, index, 0, &child, 1);
  return kNone;
}

Value krt_element_items(Element *self) {
  List *list = krt_list_new(self->attributes ? self->attributes->used : 0);
  uint32_t at = 0;
  while (DictEntry *entry = self->attributes ? krt_dict_next(self->attributes, &at) : nullptr) {
    Value pair[2] = {entry->key, entry->value};
    krt_list_append(list, krt_tuple_from(pair, 2));
  }
  return list;
}

Value krt_element_keys(Element *self) {
  List *list = krt_list_new(self->attributes ? self->attributes->used : 0);
  uint32_t at = 0;
  while (DictEntry *entry = self->attributes ? krt_dict_next(self->attributes, &at) : nullptr)
    krt_list_append(list, entry->key);
  return list;
}

Value krt_element_iter(Element *self, Value tag) {
  bool all = tag == kNone || (strCheck(tag) && tag.as<Str>()->length() == 1 && tag.as<Str>()->at(0) == '*') ||
             (bytesCheck(tag) && tag.as<Bytes>()->length == 1 && tag.as<Bytes>()->data[0] == '*');
  return iterate(self, all ? Value() : tag, false);
}
Value krt_element_itertext(Element *self) { return iterate(self, {}, true); }

Value krt_element_makeelement(Element *self, Value tag, Dict *attributes) {
  return elementNew(tag, krt_dict_copy(attributes));
}

Value krt_element_remove_py(Element *self, Element *subelement) {
  uint32_t at = 0;
  while (at < self->count && self->children[at] != Value(subelement))
    ++at;
  if (at == self->count)
    for (at = 0; at < self->count; ++at) {
      int equal = krt_equal_py(self->children[at], subelement);
      if (equal < 0)
        return {};
      if (equal)
        break;
    }
  if (at >= self->count)
    return krt_raise(kValueError, "list.remove(x): x not in list");
  splice(self, at, 1, nullptr, 0);
  return kNone;
}

Value krt_element_set_py(Element *self, Value key, Value value) {
  return krt_dict_set_py(attributesOf(self), key, value) < 0 ? Value() : kNone;
}

static bool given(Value value) {
  if (!value)
    krt_raise(kAttributeError, "can't delete element attribute");
  return static_cast<bool>(value);
}
Value krt_element_tag(Element *self) { return orNone(self->tag); }
bool krt_element_setTag(Element *self, Value value) { return given(value) && (self->tag = value, true); }
Value krt_element_text(Element *self) { return orNone(self->text); }
bool krt_element_setText(Element *self, Value value) { return given(value) && (self->text = value, true); }
Value krt_element_tail(Element *self) { return orNone(self->tail); }
bool krt_element_setTail(Element *self, Value value) { return given(value) && (self->tail = value, true); }
Value krt_element_attrib(Element *self) { return attributesOf(self); }
bool krt_element_setAttrib(Element *self, Value value) {
  if (!given(value))
    return false;
  if (!hasClassFlag(value, kClassDictSub)) {
    krt_raise(kTypeError, "attrib must be dict, not %.200T", value);
    return false;
  }
  self->attributes = value.as<Dict>();
  return true;
}

extern "C" {
Class krt_element_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "xml.etree.ElementTree.Element",
    .basicSize = sizeof(Element),
    .slots = {.repr = repr,
              .length = [](Value self) { return static_cast<int64_t>(elementOf(self)->count); },
              .getitem = getItem,
              .setitem = setItem,
              .init = initElement,
              .make = makeElement},
    .methods = krt_element_defs,
};
Class krt_element_iter_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_elementtree._element_iterator",
    .basicSize = sizeof(ElementIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
};
}

bool krt__elementtree_init(Module *module) {
  if (!addException(module, &elementParseError, "xml.etree.ElementTree", "ParseError", Value(kSyntaxError)))
    return false;
  krt_class_ready(&krt_element_iter_class);
  addClass(module, &krt_element_class);
  addClass(module, &krt_tree_builder_class);
  addClass(module, &krt_tree_parser_class);
  return true;
}

} // namespace krait
