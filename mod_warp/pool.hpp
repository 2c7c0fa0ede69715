// C++ objects in APR's pools.
#pragma once

#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include "mod_warp/apache.hpp"

namespace warp {

// Owned by the pool: its destructor runs when the pool is cleared.
template <typename T, typename... Arguments>
T* pool_new(apr_pool_t* pool, Arguments&&... arguments) {
  T* const object = new (apr_palloc(pool, sizeof(T))) T{std::forward<Arguments>(arguments)...};
  const auto destroy = [](void* memory) -> apr_status_t {
    static_cast<T*>(memory)->~T();
    return APR_SUCCESS;
  };
  apr_pool_cleanup_register(pool, object, destroy, apr_pool_cleanup_null);
  return object;
}

inline char* pool_text(apr_pool_t* pool, std::string_view text) {
  return apr_pstrmemdup(pool, text.data(), text.size());
}

// httpd's texts may be null.
inline std::string_view text_or_empty(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// Calls visit(name, value) for every entry of a table that may be null.
template <typename Visit>
void for_each_entry(const apr_table_t* table, Visit&& visit) {
  if (table == nullptr) return;
  const apr_array_header_t* const entries = apr_table_elts(table);
  const auto* const first =
      static_cast<const apr_table_entry_t*>(static_cast<void*>(entries->elts));
  for (int i = 0; i < entries->nelts; ++i)
    if (first[i].key != nullptr && first[i].val != nullptr)
      visit(std::string_view(first[i].key), std::string_view(first[i].val));
}

}  // namespace warp
