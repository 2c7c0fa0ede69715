// The decoder of interim responses. What it accepts is a 103 whose fields can't split a response.
#include "fuzz_input.hpp"
#include "wire/response_head.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto head = warp::wire::decode_interim_head(bytes);
  if (!head) return 0;
  warp::require(head->status == warp::wire::kEarlyHints);
  for (const auto& field : head->fields)
    warp::require(warp::wire::is_field_name(field.name) && warp::wire::is_field_value(field.value));
  return 0;
}
