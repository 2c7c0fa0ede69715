#include "launcher/doctor/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kOk:
      return "ok";
    case Verdict::kWarning:
      return "warning";
    case Verdict::kProblem:
      return "problem";
  }
  return {};
}

std::int64_t count(const Findings& findings, Verdict verdict) {
  return std::count_if(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.verdict == verdict; });
}

}  // namespace

bool has_problem(const Findings& findings) { return count(findings, Verdict::kProblem) > 0; }

std::string findings_text(const Findings& findings) {
  std::size_t width = 0;
  for (const Finding& finding : findings) width = std::max(width, finding.check.size());
  std::string text;
  for (const Finding& finding : findings) {
    std::string start =
        fmt::format("{:<7}  {:<{}}  ", name_of(finding.verdict), finding.check, width);
    for (const std::string_view line : split(finding.text, '\n')) {
      text += start + printable(line) + "\n";
      start = std::string(start.size(), ' ');
    }
  }
  return text + fmt::format("problems: {}, warnings: {}\n", count(findings, Verdict::kProblem),
                            count(findings, Verdict::kWarning));
}

std::string findings_json(const Findings& findings) {
  Json checks = Json::array();
  for (const Finding& finding : findings)
    checks.push_back(
        {{"check", finding.check}, {"verdict", name_of(finding.verdict)}, {"text", finding.text}});
  const Json document = {{"problems", count(findings, Verdict::kProblem)},
                         {"warnings", count(findings, Verdict::kWarning)},
                         {"checks", std::move(checks)}};
  return as_document(document);
}

}  // namespace warp
