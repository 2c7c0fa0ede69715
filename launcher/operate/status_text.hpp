// A server's status as tables.
#pragma once

#include <string>
#include <vector>

#include "launcher/operate/server_report.hpp"

namespace warp {

[[nodiscard]] std::string status_text(const std::vector<GroupReport>& groups);

// A request that a worker has, with where it is.
struct PlacedRequest {
  const GroupReport* group = nullptr;
  const WorkerReport* worker = nullptr;
  const RequestReport* request = nullptr;
};
// Of all groups, the oldest first. Refers to the reports.
[[nodiscard]] std::vector<PlacedRequest> requests_by_age(const std::vector<GroupReport>& groups);

// Rows of cells, each column as wide as its widest cell; the last is not padded.
[[nodiscard]] std::string table_text(const std::vector<std::vector<std::string>>& rows);

}  // namespace warp
