#include "mod_warp/core/proxy_hops.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp::core {
namespace {

struct Hop {
  std::optional<Node> node;  // nullopt: not an address
  std::string_view from_here;
  const ForwardedElement* element = nullptr;
};

// `next` gives a hop, or nullopt when there is no other.
template <typename Next>
Trail walk(const std::vector<Network>& proxies, Next&& next) {
  Trail trail;
  for (std::size_t depth = 1; depth <= kMostHops; ++depth) {
    const std::optional<Hop> hop = next();
    if (!hop) break;
    trail.depth = depth;
    trail.teller = hop->element;
    if (!hop->node) break;
    trail.client = hop->node;
    trail.from_client = hop->from_here;
    if (!is_in(proxies, hop->node->address)) break;
  }
  return trail;
}

}  // namespace

std::string_view ListFromEnd::next() {
  std::string_view element;
  while (element.empty() && !is_at_front_) {
    const std::size_t comma = rest_.rfind(',');
    is_at_front_ = comma == std::string_view::npos;
    element = trim(rest_.substr(is_at_front_ ? 0 : comma + 1));
    rest_ = rest_.substr(0, is_at_front_ ? 0 : comma);
  }
  return element;
}

std::string_view ListFromEnd::from(std::string_view element) const {
  return trim(text_.substr(static_cast<std::size_t>(element.data() - text_.data())));
}

std::string_view element_at(std::string_view list, std::size_t depth) {
  ListFromEnd elements(list);
  std::string_view found;
  for (std::size_t i = 0; i < depth; ++i) {
    const std::string_view element = elements.next();
    if (element.empty()) break;
    found = element;
  }
  return found;
}

Trail follow(const std::vector<Network>& proxies, std::string_view list) {
  ListFromEnd elements(list);
  return walk(proxies, [&]() -> std::optional<Hop> {
    const std::string_view element = elements.next();
    if (element.empty()) return std::nullopt;
    return Hop{parse_node(element), elements.from(element), nullptr};
  });
}

Trail follow(const std::vector<Network>& proxies, const std::vector<ForwardedElement>& elements) {
  auto element = elements.rbegin();
  return walk(proxies, [&]() -> std::optional<Hop> {
    if (element == elements.rend()) return std::nullopt;
    const ForwardedElement& current = *element++;
    return Hop{parse_node(current.node), current.from_here, &current};
  });
}

bool is_in(const std::vector<Network>& networks, const InternetAddress& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.contains(address); });
}

}  // namespace warp::core
