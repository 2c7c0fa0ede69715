#include "wire/bytes.hpp"

namespace warp::wire {

Result<> Reader::expect_end(std::string_view what) const {
  if (rest_.empty()) return {};
  return fail(Errc::kProtocol, std::string(what) + " is followed by " +
                                   std::to_string(rest_.size()) + " stray bytes");
}

tl::unexpected<Error> Reader::too_short(std::string_view what) {
  return fail(Errc::kProtocol, std::string(what) + " is cut short");
}

}  // namespace warp::wire
