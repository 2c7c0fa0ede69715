// What a developer has around the application, as C++ calls it: instruments.py.
#pragma once

#include "python/python.hpp"

#include <string>
#include <vector>

#include "python/gil.hpp"
#include "wire/group_config.hpp"

namespace warp::python {

// Without prepare() it does nothing, at no cost.
class Instruments final {
 public:
  // `project`: the folders of its own code. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil, const wire::GroupConfig& config,
                             const std::vector<std::string>& project);

  // Around the import. False with an exception.
  [[nodiscard]] bool begin_import(Gil& gil) const;
  [[nodiscard]] bool end_import(Gil& gil) const;
  // The application, measured. Empty with an exception.
  [[nodiscard]] Ref measured(Gil& gil, Ref application) const;
  // Lets the developer look at where the exception was raised, for as long as that takes.
  void look_at(Gil& gil, PyObject* exception) const;

 private:
  Ref instruments_;
};

}  // namespace warp::python
