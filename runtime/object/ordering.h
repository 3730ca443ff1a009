// ordering.h - what a comparison says of an order.
#pragma once

#include "runtime/abi/object.h"

namespace krait {

/// The result of [op] where the operands are ordered as [order] is to 0.
inline Value orderingResult(CompareOp op, int order) {
  switch (op) {
  case CompareOp::Lt:
    return boolean(order < 0);
  case CompareOp::Le:
    return boolean(order <= 0);
  case CompareOp::Eq:
    return boolean(order == 0);
  case CompareOp::Ne:
    return boolean(order != 0);
  case CompareOp::Gt:
    return boolean(order > 0);
  case CompareOp::Ge:
    return boolean(order >= 0);
  }
  __builtin_unreachable();
}

} // namespace krait
