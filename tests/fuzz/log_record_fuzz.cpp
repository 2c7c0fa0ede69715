// The log record decoder. What it accepts encodes to the same.
#include "wire/log_record.hpp"

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto record = warp::wire::decode_log_record(bytes);
  if (!record) return 0;
  std::string again;
  warp::wire::encode_log_record(again, *record);
  warp::require(again == bytes);
  return 0;
}
