// The id that a request has brought along from a proxy.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace warp::core {

enum class RequestIdForm : std::uint8_t {
  kText,         // the whole value
  kTraceParent,  // W3C Trace Context: the trace's id in it
};

struct RequestIdHeader {
  std::string_view name;
  RequestIdForm form{};
};

inline constexpr std::array kRequestIdHeaders = {
    RequestIdHeader{"X-Request-Id", RequestIdForm::kText},
    RequestIdHeader{"X-Correlation-Id", RequestIdForm::kText},
    RequestIdHeader{"traceparent", RequestIdForm::kTraceParent},
};
[[nodiscard]] std::string names_of_request_id_headers();

// In kRequestIdHeaders; nullopt for every other header.
[[nodiscard]] std::optional<std::size_t> request_id_header_index(std::string_view name);

using TrustedIdHeaders = std::vector<std::size_t>;  // indices into kRequestIdHeaders

// nullopt when it is none: an id is part of log lines, so it is short and of plain characters.
[[nodiscard]] std::optional<std::string_view> request_id_in(RequestIdForm form,
                                                            std::string_view value);

}  // namespace warp::core
