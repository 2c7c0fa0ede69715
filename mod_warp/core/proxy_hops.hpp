// The way of a request from its client to httpd, as the proxies on it have written it down.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "mod_warp/core/forwarded.hpp"
#include "mod_warp/core/network.hpp"

namespace warp::core {

// Further hops are not followed: the cost of a request must not be the client's choice.
inline constexpr std::size_t kMostHops = 100;

// The elements of a comma-separated list, from its end; empty ones are left out.
class ListFromEnd final {
 public:
  explicit ListFromEnd(std::string_view text) : text_(text), rest_(text) {}

  // Empty: there is no other.
  [[nodiscard]] std::string_view next();
  // The list from an element of it on.
  [[nodiscard]] std::string_view from(std::string_view element) const;

 private:
  std::string_view text_;
  std::string_view rest_;
  bool is_at_front_ = false;
};

// What the proxy that is `depth` hops away has written, or else the farthest that has written
// anything. Empty: nobody has.
[[nodiscard]] std::string_view element_at(std::string_view list, std::size_t depth);

// How far the proxies that are trusted lead.
struct Trail {
  std::optional<Node> client;                // nullopt: the first hop is not an address
  std::string_view from_client;              // the field's text from the client's element on
  std::size_t depth = 1;                     // hops to the outermost proxy that has told anything
  const ForwardedElement* teller = nullptr;  // what that proxy has told, in Forwarded
};

// From httpd outwards: each hop was written by the one before it, which is trusted. The first that
// is no proxy of ours is the client; when all are proxies, it is the outermost.
[[nodiscard]] Trail follow(const std::vector<Network>& proxies, std::string_view list);
[[nodiscard]] Trail follow(const std::vector<Network>& proxies,
                           const std::vector<ForwardedElement>& elements);

[[nodiscard]] bool is_in(const std::vector<Network>& networks, const InternetAddress& address);

}  // namespace warp::core
