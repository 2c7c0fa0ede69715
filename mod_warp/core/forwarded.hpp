// The Forwarded header field (RFC 7239).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace warp::core {

// What one proxy says about the request that it has received. Values without their quotes; empty:
// not said. A quoted pair is left as it is: no address, host or scheme needs one.
struct ForwardedElement {
  std::string_view node;  // for=
  std::string_view host;
  std::string_view scheme;     // proto=
  std::string_view from_here;  // the field's text from this element on
};

// Elements in the order of the field, empty ones left out; of a long field the last ones, at least
// `most`. nullopt when the field is not well formed: a client may have opened a quote that closes
// in what a proxy has added, so nothing of it can be believed.
[[nodiscard]] std::optional<std::vector<ForwardedElement>> parse_forwarded(std::string_view text,
                                                                           std::size_t most);

}  // namespace warp::core
