// operations.h - what single instructions do that is not an operation of the object model: names, imports, matching,
// exception handling. Shared by the handlers and by compiled code. Results as in protocol.h.
#pragma once

#include "runtime/abi/thread.h"

namespace krait {

extern "C" {
// ---- Names ----
Value krt_op_load_global_py(Dict *globals, Dict *builtins, Str *name);
Value krt_op_load_name_py(Value locals, Dict *globals, Dict *builtins, Str *name);
int krt_op_store_name_py(Value locals, Str *name, Value value);
int krt_op_delete_name_py(Value locals, Str *name);
int krt_op_delete_global_py(Dict *globals, Str *name);
Value krt_op_load_class_cell_py(Code *code, Value locals, Cell *cell, Str *name);
/// UnboundLocalError or NameError for an empty cell or local. Always null.
Value krt_op_unbound_cell(Code *code, Str *name);
Value krt_op_unbound_local(Str *name);
Value krt_op_load_build_class_py(Dict *builtins);
int krt_op_setup_annotations_py(Value locals);

// ---- Calls ----
Value krt_op_call_ex_py(Value callee, Value args, Value kwargsOrNull);
/// super(cls, self).name; [cls] is the __class__ cell or a class. *self as krt_load_method_py when not null.
Value krt_op_load_super_py(Value superClass, Value cls, Value receiver, Str *name, Value *self);
Value krt_op_make_function(Code *code, Dict *globals, Value defaults, Value kwdefaults, Value annotations, Value closure);
int krt_op_dict_merge_py(Dict *dict, Value mapping, Value callee);
int krt_op_dict_update_py(Dict *dict, Value mapping);
int krt_op_list_extend_py(List *list, Value iterable);

// ---- Unpacking, building ----
int krt_op_unpack_py(Value sequence, Value *target, uint32_t count);
int krt_op_unpack_ex_py(Value sequence, Value *target, uint32_t before, uint32_t after);
Value krt_op_build_string(const Value *parts, size_t count);
Value krt_op_format_value_py(Value value, Value specOrNull, uint32_t conversion);

// ---- Exceptions, with ----
int krt_op_exception_matches_py(Value exception, Value type);
int krt_op_check_eg_match_py(Value exception, Value type, Value *rest, Value *match);
Value krt_op_prep_reraise_star_py(Value original, List *raised);
/// Makes `raise exception from cause` pending. True if the handled exception is to be raised again as it is.
bool krt_op_raise_py(Value exceptionOrNull, Value causeOrNull);
/// b[0], b[1] as left by krt_load_method_py; -1 = error.
int krt_op_load_special_py(Value object, uint32_t which, Value *target);
Value krt_op_with_exit_py(Value exit, Value self, Value exceptionOrNull);

// ---- Imports ----
Value krt_op_import_name_py(Frame *frame, Str *name, Value level, Value fromlist);
Value krt_op_import_from_py(Value module, Str *name);
int krt_op_import_star_py(Value module, Value locals);

// ---- Asynchronous ----
Value krt_op_get_awaitable_py(Value object, uint32_t where);
Value krt_op_get_aiter_py(Value object);
Value krt_op_get_anext_py(Value object);
Value krt_op_get_yield_from_iter_py(Value object, const Code *code);

// ---- Pattern matching, interactive ----
Value krt_op_match_keys_py(Value subject, Tuple *keys);
Value krt_op_match_class_py(Value subject, Value cls, uint32_t positional, Tuple *names);
int krt_op_print_expr_py(Value value);
}

} // namespace krait
