// pyexpat.cpp - see pyexpat.h. libexpat's parsers live in malloc'ed memory; it reaches the Python object
// through its user data, which is valid because a parser works only inside a call on that object. A handler
// that raises stops its parser.
#include "stdlib/native/pyexpat.h"
#include "runtime/gc/closer.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "runtime/object/state.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/expat_encoding.h"

#include <expat.h>

#include <climits>

#include "stdlib/native/pyexpat.bind.inc"

namespace krait {

enum Handler {
// clang-format off
#define X(name) k##name,
  PYEXPAT_HANDLERS(X)
#undef X
  // clang-format on
  kHandlerCount
};

/// A parser of the library. Those of external entities share data of their parent's, which therefore outlives
/// them.
struct SharedParser {
  XML_Parser parser;
  SharedParser *parent;
  int users; // objects and children
};

struct XmlParser : Object {
  SharedParser *shared;
  Dict *intern; // or null
  bool ordered, specified, prefixes, bufferText, inCallback;
  int64_t bufferSize, bufferUsed;
  char *buffer;                  // collector-owned, of bufferSize
  Value handlers[kHandlerCount]; // null: none
};

namespace {

constexpr int kDefaultBufferSize = 8 * 1024, kFileBlock = 2048, kMostAtOnce = 1 << 20;
Class *error;

XmlParser *parserOf(Value v) { return v.as<XmlParser>(); }
XML_Parser expat(const XmlParser *self) { return self->shared->parser; }

void dropParser(SharedParser *shared) {
  while (shared && --shared->users == 0) {
    SharedParser *parent = shared->parent;
    XML_ParserFree(shared->parser);
    delete shared;
    shared = parent;
  }
}
void endParser(Object *object) { dropParser(static_cast<XmlParser *>(object)->shared); }

Value text(const XML_Char *chars) { return chars ? Value(strFrom(chars)) : kNone; }
Value text(const XML_Char *chars, int size) {
  return chars ? Value(krt_str_from_utf8(chars, static_cast<size_t>(size))) : kNone;
}

/// The text, the same object each time the name comes.
Value name(XmlParser *self, const XML_Char *chars) {
  Value made = text(chars);
  if (!self->intern || !chars)
    return made;
  KRT_ALLOW_PY("keys are exact strings");
  Value known = krt_dict_get_py(self->intern, made);
  if (known || errorPending())
    return known;
  return krt_dict_set_py(self->intern, made, made) < 0 ? Value() : made;
}

Value raiseError(XmlParser *self, XML_Error code) {
  KRT_ALLOW_PY("the class is a plain native exception class");
  XML_Parser parser = expat(self);
  auto line = static_cast<int64_t>(XML_GetErrorLineNumber(parser)),
       column = static_cast<int64_t>(XML_GetErrorColumnNumber(parser));
  Value message = krt_str_format("%s: line %lld, column %lld", XML_ErrorString(code), line, column);
  Value exception = TRY(krt_call1_py(error, message));
  krt_setattr_py(exception, KSTR(code), smallInt(code));
  krt_setattr_py(exception, KSTR(offset), smallInt(column));
  krt_setattr_py(exception, KSTR(lineno), smallInt(line));
  return krt_raise_value(exception);
}

/// Calls a handler; null stops the parser, with the exception pending.
template <typename... Args> Value call_py(XmlParser *self, Handler handler, Args... given) {
  Value args[sizeof...(given) + 1] = {Value(given)...};
  for (size_t i = 0; i < sizeof...(given); ++i)
    if (!args[i]) {
      XML_StopParser(expat(self), XML_FALSE);
      return {};
    }
  bool outer = self->inCallback;
  self->inCallback = true;
  Value result = krt_call_py(self->handlers[handler], args, sizeof...(given), nullptr);
  self->inCallback = outer;
  if (!result)
    XML_StopParser(expat(self), XML_FALSE);
  return result;
}

/// Hands on the text gathered so far; false with an exception pending.
bool flush_py(XmlParser *self) {
  if (!self->bufferText || !self->bufferUsed)
    return true;
  auto used = static_cast<int>(self->bufferUsed);
  self->bufferUsed = 0;
  return !self->handlers[kCharacterDataHandler] ||
         call_py(self, kCharacterDataHandler, text(self->buffer, used));
}

/// What each callback begins with: whether handler [which] is to be called.
bool wanted_py(XmlParser *self, Handler which) {
  return self->handlers[which] && !errorPending() && flush_py(self);
}

// clang-format off
/// A callback of the library with [parameters] that calls the handler of that name with [...].
#define CALLBACK(which, parameters, ...) \
  void XMLCALL on##which parameters { \
    auto *self = static_cast<XmlParser *>(user); \
    if (wanted_py(self, k##which)) \
      call_py(self, k##which __VA_OPT__(, ) __VA_ARGS__); \
  }
#define C const XML_Char *
CALLBACK(EndElementHandler, (void *user, C element), name(self, element))
CALLBACK(ProcessingInstructionHandler, (void *user, C target, C data), name(self, target), text(data))
CALLBACK(UnparsedEntityDeclHandler, (void *user, C entity, C base, C systemId, C publicId, C notation),
         name(self, entity), name(self, base), name(self, systemId), name(self, publicId), name(self, notation))
CALLBACK(NotationDeclHandler, (void *user, C notation, C base, C systemId, C publicId),
         name(self, notation), name(self, base), name(self, systemId), name(self, publicId))
CALLBACK(StartNamespaceDeclHandler, (void *user, C prefix, C uri), name(self, prefix), name(self, uri))
CALLBACK(EndNamespaceDeclHandler, (void *user, C prefix), name(self, prefix))
CALLBACK(CommentHandler, (void *user, C data), text(data))
CALLBACK(StartCdataSectionHandler, (void *user))
CALLBACK(EndCdataSectionHandler, (void *user))
CALLBACK(DefaultHandler, (void *user, C data, int size), text(data, size))
CALLBACK(DefaultHandlerExpand, (void *user, C data, int size), text(data, size))
CALLBACK(StartDoctypeDeclHandler, (void *user, C doctype, C systemId, C publicId, int internal),
         name(self, doctype), name(self, systemId), name(self, publicId), smallInt(internal))
CALLBACK(EndDoctypeDeclHandler, (void *user))
CALLBACK(EntityDeclHandler,
         (void *user, C entity, int parameter, C value, int size, C base, C systemId, C publicId, C notation),
         name(self, entity), smallInt(parameter), text(value, size), name(self, base), name(self, systemId),
         name(self, publicId), name(self, notation))
CALLBACK(XmlDeclHandler, (void *user, C version, C encoding, int standalone),
         text(version), text(encoding), smallInt(standalone))
CALLBACK(AttlistDeclHandler, (void *user, C element, C attribute, C type, C fallback, int required),
         name(self, element), name(self, attribute), text(type), text(fallback), smallInt(required))
CALLBACK(SkippedEntityHandler, (void *user, C entity, int parameter), name(self, entity), smallInt(parameter))
#undef C
#undef CALLBACK
// clang-format on

void XMLCALL onStartElementHandler(void *user, const XML_Char *element, const XML_Char **attributes) {
  auto *self = static_cast<XmlParser *>(user);
  if (!wanted_py(self, kStartElementHandler))
    return;
  int count = 0;
  if (self->specified)
    count = XML_GetSpecifiedAttributeCount(expat(self));
  else
    while (attributes[count])
      count += 2;
  Value element_ = name(self, element);
  List *list = self->ordered ? krt_list_new(static_cast<size_t>(count)) : nullptr;
  Dict *dict = self->ordered ? nullptr : krt_dict_new();
  for (int i = 0; i < count; i += 2) {
    Value key = name(self, attributes[i]), value = text(attributes[i + 1]);
    if (!key)
      return XML_StopParser(expat(self), XML_FALSE), void();
    if (list) {
      krt_list_append(list, key);
      krt_list_append(list, value);
    } else {
      krt_dict_set_str(dict, key.as<Str>(), value);
    }
  }
  call_py(self, kStartElementHandler, element_, list ? Value(list) : Value(dict));
}

void XMLCALL onCharacterDataHandler(void *user, const XML_Char *data, int size) {
  auto *self = static_cast<XmlParser *>(user);
  if (errorPending())
    return;
  if (!self->bufferText) {
    if (self->handlers[kCharacterDataHandler])
      call_py(self, kCharacterDataHandler, text(data, size));
    return;
  }
  if (self->bufferUsed + size > self->bufferSize) {
    if (!flush_py(self) || !self->handlers[kCharacterDataHandler])
      return;
  }
  if (size > self->bufferSize) {
    call_py(self, kCharacterDataHandler, text(data, size));
    return;
  }
  std::memcpy(self->buffer + self->bufferUsed, data, static_cast<size_t>(size));
  self->bufferUsed += size;
}

/// The status that a handler gave, as the library wants it: 0 is an error.
int status_py(XmlParser *self, Value result) {
  int64_t status = result ? krt_index_i64_py(result, kOverflowError) : 0;
  if (errorPending()) {
    XML_StopParser(expat(self), XML_FALSE);
    return 0;
  }
  return static_cast<int>(status);
}

int XMLCALL onNotStandaloneHandler(void *user) {
  auto *self = static_cast<XmlParser *>(user);
  return wanted_py(self, kNotStandaloneHandler) ? status_py(self, call_py(self, kNotStandaloneHandler)) : 0;
}

int XMLCALL onExternalEntityRefHandler(XML_Parser parser, const XML_Char *context, const XML_Char *base,
                                       const XML_Char *systemId, const XML_Char *publicId) {
  auto *self = static_cast<XmlParser *>(XML_GetUserData(parser));
  if (!wanted_py(self, kExternalEntityRefHandler))
    return 0;
  return status_py(self, call_py(self, kExternalEntityRefHandler, text(context), name(self, base),
                                 name(self, systemId), name(self, publicId)));
}

Value modelTuple(XmlParser *self, const XML_Content *model) {
  CountedCall level;
  if (level.tooDeep(" in conv_content_model"))
    return {};
  Tuple *children = krt_tuple_new(model->numchildren);
  for (unsigned i = 0; i < model->numchildren; ++i)
    children->items[i] = TRY(modelTuple(self, &model->children[i]));
  Value parts[4] = {smallInt(model->type), smallInt(model->quant), TRY(name(self, model->name)), children};
  return krt_tuple_from(parts, 4);
}

void XMLCALL onElementDeclHandler(void *user, const XML_Char *element, XML_Content *model) {
  auto *self = static_cast<XmlParser *>(user);
  if (wanted_py(self, kElementDeclHandler))
    call_py(self, kElementDeclHandler, name(self, element), modelTuple(self, model));
  XML_FreeContentModel(expat(self), model);
}

/// One-byte encodings that the library does not have itself.
int XMLCALL onUnknownEncoding(void *user, const XML_Char *encoding, XML_Encoding *info) {
  KRT_ALLOW_PY("codecs may be Python code: this runs inside Parse");
  auto *self = static_cast<XmlParser *>(user);
  if (errorPending())
    return XML_STATUS_ERROR;
  if (!expatEncoding_py(encoding, info)) {
    XML_StopParser(expat(self), XML_FALSE);
    return XML_STATUS_ERROR;
  }
  return XML_STATUS_OK;
}

/// Tells the library of handler [which]: that there is one, or none.
void announce(XmlParser *self, int which) {
  XML_Parser p = expat(self);
  bool on = static_cast<bool>(self->handlers[which]);
  auto either = [&](auto one, auto other) {
    XML_SetDefaultHandler(p, nullptr); // each of the two setters changes how entities are treated
    if (self->handlers[one])
      XML_SetDefaultHandler(p, onDefaultHandler);
    else if (self->handlers[other])
      XML_SetDefaultHandlerExpand(p, onDefaultHandlerExpand);
  };
  switch (which) {
#define PLAIN(name)                                                                                          \
  case k##name:                                                                                              \
    XML_Set##name(p, on ? on##name : nullptr);                                                               \
    break;
#define NAMED(name, setter)                                                                                  \
  case k##name:                                                                                              \
    setter(p, on ? on##name : nullptr);                                                                      \
    break;
    NAMED(StartElementHandler, XML_SetStartElementHandler)
    NAMED(EndElementHandler, XML_SetEndElementHandler)
    PLAIN(ProcessingInstructionHandler)
    PLAIN(CharacterDataHandler)
    PLAIN(UnparsedEntityDeclHandler)
    PLAIN(NotationDeclHandler)
    PLAIN(StartNamespaceDeclHandler)
    PLAIN(EndNamespaceDeclHandler)
    PLAIN(CommentHandler)
    PLAIN(StartCdataSectionHandler)
    PLAIN(EndCdataSectionHandler)
    PLAIN(NotStandaloneHandler)
    PLAIN(ExternalEntityRefHandler)
    PLAIN(StartDoctypeDeclHandler)
    PLAIN(EndDoctypeDeclHandler)
    PLAIN(EntityDeclHandler)
    PLAIN(XmlDeclHandler)
    NAMED(ElementDeclHandler, XML_SetElementDeclHandler)
    NAMED(AttlistDeclHandler, XML_SetAttlistDeclHandler)
    PLAIN(SkippedEntityHandler)
#undef PLAIN
#undef NAMED
  default:
    either(kDefaultHandler, kDefaultHandlerExpand);
  }
}

void setBuffer(XmlParser *self, int64_t size) {
  self->bufferSize = size;
  self->buffer = static_cast<char *>(krt_gc_try(static_cast<size_t>(size), true));
}

/// A new object around [parser]; null with MemoryError pending when there is none.
XmlParser *wrap(XML_Parser parser, Dict *intern, SharedParser *parent) {
  if (!parser) {
    krt_raise_memory();
    return nullptr;
  }
  auto *self = gcNew<XmlParser>(krt_xmlparser_class);
  if (parent)
    ++parent->users;
  self->shared = new SharedParser{parser, parent, 1};
  krt_gc_set_end(self, endParser);
  self->intern = intern;
  self->bufferSize = kDefaultBufferSize;
  XML_SetUserData(parser, self);
  XML_SetUnknownEncodingHandler(parser, onUnknownEncoding, self);
  return self;
}

/// What Parse gives for the library's [status].
Value outcome_py(XmlParser *self, XML_Status status) {
  if (errorPending())
    return {};
  if (status == XML_STATUS_ERROR)
    return raiseError(self, XML_GetErrorCode(expat(self)));
  return flush_py(self) ? smallInt(status) : Value();
}

bool setHandler_py(Value v, Handler which, Value value) {
  XmlParser *self = parserOf(v);
  if (!value) {
    krt_raise(kRuntimeError, "Cannot delete attribute");
    return false;
  }
  if (which == kCharacterDataHandler && !flush_py(self))
    return false;
  self->handlers[which] = value == kNone ? Value() : value;
  // From its own callback the library wants a function for text to stay; the callback looks for itself.
  if (which == kCharacterDataHandler && !self->handlers[which] && self->inCallback)
    return true;
  announce(self, which);
  return true;
}

/// The truth of a flag's new value; -1 with an exception pending.
int flag_py(Value value) {
  return value ? krt_truth_py(value) : raiseInt(kRuntimeError, "Cannot delete attribute");
}

} // namespace

Value krt_pyexpat_parserCreate(Value encoding, Value separator, Value intern) {
  for (auto [value, parameter] :
       {std::pair{encoding, "encoding"}, std::pair{separator, "namespace_separator"}})
    if (value != kNone && !strCheck(value))
      return krt_raise(kTypeError, "ParserCreate() argument '%s' must be str or None, not %T", parameter,
                       value);
  Str *between = separator == kNone ? nullptr : separator.as<Str>();
  if (between && between->length() > 1)
    return krt_raise(kValueError, "namespace_separator must be at most one character, omitted, or None");
  if (intern && intern != kNone && !hasClassFlag(intern, kClassDictSub))
    return krt_raise(kTypeError, "intern must be a dictionary");
  size_t size;
  const char *encodingName = encoding == kNone ? nullptr : TRY(krt_str_utf8(encoding.as<Str>(), &size));
  const char *separatorText = between ? TRY(krt_str_utf8(between, &size)) : nullptr;
  Dict *names = !intern ? krt_dict_new() : intern == kNone ? nullptr : intern.as<Dict>();
  return wrap(XML_ParserCreate_MM(encodingName, nullptr, separatorText), names, nullptr);
}

Value krt_pyexpat_errorString(int64_t code) { return text(XML_ErrorString(static_cast<XML_Error>(code))); }

Value krt_xmlparser_parse_py(Value v, Value data, bool final) {
  XmlParser *self = parserOf(v);
  BytesLike bytes;
  const char *at;
  size_t left;
  if (strCheck(data)) {
    at = TRY(krt_str_utf8(data.as<Str>(), &left));
    XML_SetEncoding(expat(self), "utf-8");
  } else {
    if (!bytes.acquire_py(data))
      return {};
    at = reinterpret_cast<const char *>(bytes.data());
    left = static_cast<size_t>(bytes.size());
  }
  while (left > kMostAtOnce) {
    if (XML_Status status = XML_Parse(expat(self), at, kMostAtOnce, 0);
        status != XML_STATUS_OK || errorPending())
      return outcome_py(self, status);
    at += kMostAtOnce;
    left -= kMostAtOnce;
  }
  return outcome_py(self, XML_Parse(expat(self), at, static_cast<int>(left), final));
}

Value krt_xmlparser_parseFile_py(Value v, Value file) {
  XmlParser *self = parserOf(v);
  Value read = krt_getattr_optional_py(file, KSTR(read));
  if (!read)
    return errorPending() ? Value() : krt_raise(kTypeError, "argument must have 'read' attribute");
  for (;;) {
    Value block = TRY(krt_call1_py(read, smallInt(kFileBlock)));
    const void *data;
    int64_t size;
    if (bytesCheck(block)) {
      data = block.as<Bytes>()->data;
      size = block.as<Bytes>()->length;
    } else if (byteArrayCheck(block)) {
      data = block.as<ByteArray>()->data;
      size = block.as<ByteArray>()->length;
    } else {
      return krt_raise(kTypeError, "read() did not return a bytes object (type=%.400T)", block);
    }
    if (size > kFileBlock)
      return krt_raise(kValueError, "read() returned too much data: %d bytes requested, %lld returned",
                       kFileBlock, size);
    void *room = XML_GetBuffer(expat(self), kFileBlock);
    if (!room)
      return outcome_py(self, XML_STATUS_ERROR);
    if (size)
      std::memcpy(room, data, static_cast<size_t>(size));
    XML_Status status = XML_ParseBuffer(expat(self), static_cast<int>(size), size == 0);
    if (status != XML_STATUS_OK || errorPending() || size == 0)
      return outcome_py(self, status);
  }
}

Value krt_xmlparser_setBase(Value v, Str *base) {
  size_t size;
  return XML_SetBase(expat(parserOf(v)), TRY(krt_str_utf8(base, &size))) ? kNone : krt_raise_memory();
}
Value krt_xmlparser_getBase(Value v) { return text(XML_GetBase(expat(parserOf(v)))); }

Value krt_xmlparser_getInputContext(Value v) {
  if (!parserOf(v)->inCallback)
    return kNone;
  int offset, size;
  const char *input = XML_GetInputContext(expat(parserOf(v)), &offset, &size);
  return input ? Value(krt_bytes_new(input + offset, static_cast<size_t>(size - offset))) : kNone;
}

Value krt_xmlparser_externalEntityParserCreate(Value v, Value context, Str *encoding) {
  XmlParser *self = parserOf(v);
  size_t size;
  if (context != kNone && !strCheck(context))
    return krt_raise(kTypeError, "ExternalEntityParserCreate() argument 1 must be str or None, not %T",
                     context);
  const char *where = context == kNone ? nullptr : TRY(krt_str_utf8(context.as<Str>(), &size));
  const char *encodingName = encoding ? TRY(krt_str_utf8(encoding, &size)) : nullptr;
  XmlParser *child =
      TRY(wrap(XML_ExternalEntityParserCreate(expat(self), where, encodingName), self->intern, self->shared));
  child->ordered = self->ordered;
  child->specified = self->specified;
  child->prefixes = self->prefixes;
  child->bufferText = self->bufferText;
  if (self->buffer)
    setBuffer(child, self->bufferSize);
  for (int i = 0; i < kHandlerCount; ++i) {
    child->handlers[i] = self->handlers[i];
    if (child->handlers[i])
      announce(child, i);
  }
  return child;
}

int64_t krt_xmlparser_setParamEntityParsing(Value v, int flag) {
  return XML_SetParamEntityParsing(expat(parserOf(v)), static_cast<XML_ParamEntityParsing>(flag));
}
Value krt_xmlparser_useForeignDtd(Value v, bool flag) {
  XML_Error code = XML_UseForeignDTD(expat(parserOf(v)), flag);
  return code == XML_ERROR_NONE ? kNone : raiseError(parserOf(v), code);
}

// clang-format off
#define X(name) \
  Value krt_xmlparser_get##name(Value v) { \
    Value handler = parserOf(v)->handlers[k##name]; \
    return handler ? handler : kNone; \
  } \
  bool krt_xmlparser_set##name##_py(Value v, Value value) { return setHandler_py(v, k##name, value); }
PYEXPAT_HANDLERS(X)
#undef X
#define X(name) \
  int64_t krt_xmlparser_get##name(Value v) { return static_cast<int64_t>(XML_Get##name(expat(parserOf(v)))); }
PYEXPAT_POSITIONS(X)
#undef X
// clang-format on

Value krt_xmlparser_intern(Value v) { return parserOf(v)->intern ? Value(parserOf(v)->intern) : kNone; }
int64_t krt_xmlparser_bufferSize(Value v) { return parserOf(v)->bufferSize; }
bool krt_xmlparser_setBufferSize_py(Value v, Value value) {
  XmlParser *self = parserOf(v);
  auto refuse = [](Class *cls, const char *message) {
    krt_raise(cls, message);
    return false;
  };
  if (!value)
    return refuse(kRuntimeError, "Cannot delete attribute");
  if (!krt_int_check(value))
    return refuse(kTypeError, "buffer_size must be an integer");
  int64_t size;
  if (!krt_int_to_i64(krt_int_plain(value), &size))
    return refuse(kOverflowError, "Python int too large to convert to C long");
  if (size <= 0)
    return refuse(kValueError, "buffer_size must be greater than zero");
  if (size == self->bufferSize)
    return true;
  if (size > INT_MAX) {
    krt_raise(kValueError, "buffer_size must not be greater than %d", INT_MAX);
    return false;
  }
  if (self->buffer) {
    if (!flush_py(self))
      return false;
    setBuffer(self, size);
  }
  self->bufferSize = size;
  return true;
}
int64_t krt_xmlparser_bufferUsed(Value v) { return parserOf(v)->bufferUsed; }
bool krt_xmlparser_bufferText(Value v) { return parserOf(v)->bufferText; }
bool krt_xmlparser_setBufferText_py(Value v, Value value) {
  XmlParser *self = parserOf(v);
  int on = flag_py(value);
  if (on < 0)
    return false;
  if (on && !self->buffer)
    setBuffer(self, self->bufferSize);
  if (!on && !flush_py(self))
    return false;
  self->bufferText = on;
  return true;
}
bool krt_xmlparser_namespacePrefixes(Value v) { return parserOf(v)->prefixes; }
bool krt_xmlparser_setNamespacePrefixes_py(Value v, Value value) {
  int on = flag_py(value);
  if (on >= 0)
    XML_SetReturnNSTriplet(expat(parserOf(v)), parserOf(v)->prefixes = on);
  return on >= 0;
}
bool krt_xmlparser_orderedAttributes(Value v) { return parserOf(v)->ordered; }
bool krt_xmlparser_setOrderedAttributes_py(Value v, Value value) {
  int on = flag_py(value);
  parserOf(v)->ordered = on > 0;
  return on >= 0;
}
bool krt_xmlparser_specifiedAttributes(Value v) { return parserOf(v)->specified; }
bool krt_xmlparser_setSpecifiedAttributes_py(Value v, Value value) {
  int on = flag_py(value);
  parserOf(v)->specified = on > 0;
  return on >= 0;
}

extern "C" {
Class krt_xmlparser_class = {
    .flags = kClassDisallowNew,
    .nativeName = "pyexpat.xmlparser",
    .basicSize = sizeof(XmlParser),
    .methods = krt_xmlparser_defs,
    .doc = krt_xmlparser_doc,
};
}

namespace {

void put(Module *module, const char *key, Value value) {
  krt_dict_set_str(module->dict, strIntern(key), value);
}

/// pyexpat.[name], also in sys.modules; null with an exception pending.
Module *addSubmodule_py(Module *module, const char *name, const char *doc) {
  std::string full = std::string("pyexpat.") + name;
  Module *made = krt_module_new(strIntern(full), strFrom(doc));
  if (krt_setitem_py(krt_sys_modules(), strIntern(full), made) < 0)
    return nullptr;
  put(module, name, made);
  return made;
}

bool addErrors_py(Module *module) {
  static const struct {
    const char *name;
    XML_Error code;
  } rows[] = {
  // clang-format off
#define ROW(name) {"XML_ERROR_" #name, XML_ERROR_##name},
      ROW(NO_MEMORY) ROW(SYNTAX) ROW(NO_ELEMENTS) ROW(INVALID_TOKEN) ROW(UNCLOSED_TOKEN) ROW(PARTIAL_CHAR)
      ROW(TAG_MISMATCH) ROW(DUPLICATE_ATTRIBUTE) ROW(JUNK_AFTER_DOC_ELEMENT) ROW(PARAM_ENTITY_REF)
      ROW(UNDEFINED_ENTITY) ROW(RECURSIVE_ENTITY_REF) ROW(ASYNC_ENTITY) ROW(BAD_CHAR_REF)
      ROW(BINARY_ENTITY_REF) ROW(ATTRIBUTE_EXTERNAL_ENTITY_REF) ROW(MISPLACED_XML_PI)
      ROW(UNKNOWN_ENCODING) ROW(INCORRECT_ENCODING) ROW(UNCLOSED_CDATA_SECTION)
      ROW(EXTERNAL_ENTITY_HANDLING) ROW(NOT_STANDALONE) ROW(UNEXPECTED_STATE) ROW(ENTITY_DECLARED_IN_PE)
      ROW(FEATURE_REQUIRES_XML_DTD) ROW(CANT_CHANGE_FEATURE_ONCE_PARSING) ROW(UNBOUND_PREFIX)
      ROW(UNDECLARING_PREFIX) ROW(INCOMPLETE_PE) ROW(XML_DECL) ROW(TEXT_DECL) ROW(PUBLICID) ROW(SUSPENDED)
      ROW(NOT_SUSPENDED) ROW(ABORTED) ROW(FINISHED) ROW(SUSPEND_PE) ROW(RESERVED_PREFIX_XML)
      ROW(RESERVED_PREFIX_XMLNS) ROW(RESERVED_NAMESPACE_URI) ROW(INVALID_ARGUMENT) ROW(NO_BUFFER)
      ROW(AMPLIFICATION_LIMIT_BREACH)
#undef ROW
      // clang-format on
  };
  Module *errors = addSubmodule_py(module, "errors", "Constants used to describe error conditions.");
  if (!errors)
    return false;
  Dict *codes = krt_dict_new(), *messages = krt_dict_new();
  for (auto &row : rows) {
    Value message = strFrom(XML_ErrorString(row.code));
    put(errors, row.name, message);
    krt_dict_set_str(codes, message.as<Str>(), smallInt(row.code));
    krt_dict_set_py(messages, smallInt(row.code), message);
  }
  put(errors, "codes", codes);
  put(errors, "messages", messages);
  return true;
}

bool addModel_py(Module *module) {
  Module *model = addSubmodule_py(module, "model", "Constants used to interpret content model information.");
  if (!model)
    return false;
  for (auto [name, value] : std::initializer_list<std::pair<const char *, int>>{
           {"XML_CTYPE_EMPTY", XML_CTYPE_EMPTY},
           {"XML_CTYPE_ANY", XML_CTYPE_ANY},
           {"XML_CTYPE_MIXED", XML_CTYPE_MIXED},
           {"XML_CTYPE_NAME", XML_CTYPE_NAME},
           {"XML_CTYPE_CHOICE", XML_CTYPE_CHOICE},
           {"XML_CTYPE_SEQ", XML_CTYPE_SEQ},
           {"XML_CQUANT_NONE", XML_CQUANT_NONE},
           {"XML_CQUANT_OPT", XML_CQUANT_OPT},
           {"XML_CQUANT_REP", XML_CQUANT_REP},
           {"XML_CQUANT_PLUS", XML_CQUANT_PLUS},
       })
    put(model, name, smallInt(value));
  return true;
}

} // namespace

bool krt_pyexpat_init(Module *module) {
  KRT_ALLOW_PY("sys.modules is a dict when modules of this kind are made");
  if (!addException(module, &error, "xml.parsers.expat", "ExpatError", Value(kException)))
    return false;
  put(module, "error", error);
  krt_class_ready(&krt_xmlparser_class);
  put(module, "XMLParserType", &krt_xmlparser_class);
  put(module, "EXPAT_VERSION", strFrom(XML_ExpatVersion()));
  XML_Expat_Version version = XML_ExpatVersionInfo();
  Value numbers[3] = {smallInt(version.major), smallInt(version.minor), smallInt(version.micro)};
  put(module, "version_info", krt_tuple_from(numbers, 3));
  put(module, "native_encoding", strFrom("UTF-8"));
  List *features = krt_list_new(16);
  for (const XML_Feature *feature = XML_GetFeatureList(); feature->feature != XML_FEATURE_END; ++feature) {
    Value pair[2] = {text(feature->name), krt_int_from_i64(feature->value)};
    krt_list_append(features, krt_tuple_from(pair, 2));
  }
  put(module, "features", features);
  put(module, "XML_PARAM_ENTITY_PARSING_NEVER", smallInt(XML_PARAM_ENTITY_PARSING_NEVER));
  put(module, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE",
      smallInt(XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE));
  put(module, "XML_PARAM_ENTITY_PARSING_ALWAYS", smallInt(XML_PARAM_ENTITY_PARSING_ALWAYS));
  return addErrors_py(module) && addModel_py(module);
}

} // namespace krait
