// _elementtree.h - the module _elementtree: elements of XML trees and their iterators. Also
// _elementtree_builder.h (TreeBuilder) and _elementtree_parser.h (XMLParser).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/object/protocol.h"

namespace krait {

/// Null values stand for None, a null dict for one that is empty.
struct Element : Object {
  Value tag, text, tail;
  Dict *attributes;
  Value *children; // collector-owned; Elements all
  uint32_t count, capacity;
};
/// A place in a tree: the element given last and those around it, each with the number of children gone
/// through.
struct ElementIter : Object {
  Element *root; // not given yet; else null
  Value wanted;  // tag, or null: all
  struct Level {
    Element *element;
    int64_t next;
  } *levels; // collector-owned
  uint32_t depth, capacity;
  bool texts; // gives texts instead of elements
};

KRT_MODULE(_elementtree, "");
KRT_CLASS(element, "");

extern "C" {
extern Class krt_element_class, krt_element_iter_class;

KRT_MODULE_INIT(_elementtree) bool krt__elementtree_init(Module *module);
KRT_FUNCTION(_elementtree, "SubElement(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__elementtree_subElement_py(ArgSpan args, Dict *keywords);
/// Change the factories used to create comments and processing instructions.
///
/// For internal use only.
KRT_FUNCTION(_elementtree, "_set_factories(comment_factory, pi_factory, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__elementtree_setFactories(Value comment, Value instruction);

KRT_METHOD(element, "__copy__(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_element_copy(Element *self);
KRT_METHOD(element, "__deepcopy__(self, memo, /)", KRT_RUNS_PY)
Value krt_element_deepcopy_py(Element *self, Dict *memo);
KRT_METHOD(element, "__getstate__(self, /)", KRT_COLLECTS) Value krt_element_getstate(Element *self);
KRT_METHOD(element, "__setstate__(self, state, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_element_setstate(Element *self, Value state);
KRT_METHOD(element, "__sizeof__(self, /)") int64_t krt_element_sizeof(Element *self);
KRT_METHOD(element, "append(self, subelement, /)", KRT_RAISES, KRT_COLLECTS)
void krt_element_append(Element *self, Element *subelement);
KRT_METHOD(element, "clear(self, /)") void krt_element_clear(Element *self);
KRT_METHOD(element, "extend(self, elements, /)", KRT_RUNS_PY)
Value krt_element_extend_py(Element *self, Value elements);
KRT_METHOD(element, "find(self, /, path, namespaces=None)", KRT_RUNS_PY)
Value krt_element_find_py(Element *self, Value path, Value namespaces);
KRT_METHOD(element, "findall(self, /, path, namespaces=None)", KRT_RUNS_PY)
Value krt_element_findall_py(Element *self, Value path, Value namespaces);
KRT_METHOD(element, "findtext(self, /, path, default=None, namespaces=None)", KRT_RUNS_PY)
Value krt_element_findtext_py(Element *self, Value path, Value fallback, Value namespaces);
KRT_METHOD(element, "get(self, /, key, default=None)", KRT_RUNS_PY)
Value krt_element_get_py(Element *self, Value key, Value fallback);
KRT_METHOD(element, "insert(self, index, subelement, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_element_insert(Element *self, int64_t index, Element *subelement);
KRT_METHOD(element, "items(self, /)", KRT_COLLECTS) Value krt_element_items(Element *self);
KRT_METHOD(element, "iter(self, /, tag=None)", KRT_COLLECTS) Value krt_element_iter(Element *self, Value tag);
KRT_METHOD(element, "iterfind(self, /, path, namespaces=None)", KRT_RUNS_PY)
Value krt_element_iterfind_py(Element *self, Value path, Value namespaces);
KRT_METHOD(element, "itertext(self, /)", KRT_COLLECTS) Value krt_element_itertext(Element *self);
KRT_METHOD(element, "keys(self, /)", KRT_COLLECTS) Value krt_element_keys(Element *self);
KRT_METHOD(element, "makeelement(self, tag, attrib, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_element_makeelement(Element *self, Value tag, Dict *attributes);
KRT_METHOD(element, "remove(self, subelement, /)", KRT_RUNS_PY)
Value krt_element_remove_py(Element *self, Element *subelement);
KRT_METHOD(element, "set(self, key, value, /)", KRT_RUNS_PY)
Value krt_element_set_py(Element *self, Value key, Value value);
/// A string identifying what kind of data this element represents
KRT_GETTER(element, "tag") Value krt_element_tag(Element *self);
KRT_SETTER(element, "tag", KRT_RAISES) bool krt_element_setTag(Element *self, Value value);
/// A string of text directly after the start tag, or None
KRT_GETTER(element, "text") Value krt_element_text(Element *self);
KRT_SETTER(element, "text", KRT_RAISES) bool krt_element_setText(Element *self, Value value);
/// A string of text directly after the end tag, or None
KRT_GETTER(element, "tail") Value krt_element_tail(Element *self);
KRT_SETTER(element, "tail", KRT_RAISES) bool krt_element_setTail(Element *self, Value value);
/// A dictionary containing the element's attributes
KRT_GETTER(element, "attrib", KRT_COLLECTS) Value krt_element_attrib(Element *self);
KRT_SETTER(element, "attrib", KRT_RAISES) bool krt_element_setAttrib(Element *self, Value value);
}

/// The exception for documents that are not well-formed.
extern Class *elementParseError;
/// What makes comments and processing instructions where no other factory is given; null: none.
extern Value elementCommentFactory, elementInstructionFactory;

inline bool elementCheck(Value v) {
  return classOf(v) == &krt_element_class || krt_instance(v, &krt_element_class);
}
/// A new element that shares the dict, which may be null.
Element *elementNew(Value tag, Dict *attributes);
/// Adds a child that is known to be an element.
void elementAdd(Element *parent, Value child);

} // namespace krait
