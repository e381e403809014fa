// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/number_editor.h"

#include <QHBoxLayout>
#include <cmath>

#include "app/gui/inspector/wheel_guard.h"
#include "app/session/property_edits.h"
#include "app/session/quantity.h"

namespace streamwright::gui {

namespace {

constexpr int kSliderSteps = 1000;

// A knob makes sense for rates, shares and what a few hundred steps cover.
bool wantsSlider(const Field& field)
{
    if (!field.minimum || !field.maximum) return false;
    if (field.unit == "Count/Second" || field.unit == "Percent") return true;
    const double range = *field.maximum - *field.minimum;
    return field.type == Field::Type::Number ? field.unit.empty() && range <= 10
                                             : range <= 1000 && field.maximum > field.minimum;
}

} // namespace

NumberEditor::NumberEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : LineEditor(field, path, context, parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(line_, 3);
    if (wantsSlider(field)) {
        slider_ = new QSlider(Qt::Horizontal, this);
        slider_->setRange(0, logarithmic() || field.type == Field::Type::Number
                                 ? kSliderSteps
                                 : static_cast<int>(*field.maximum - *field.minimum));
        slider_->setPageStep(slider_->maximum() / 20 + 1);
        guardWheel(slider_);
        slider_->setFocusPolicy(Qt::ClickFocus); // the number is the one stop on the way of Tab
        slider_->setObjectName("slider:" + path);
        slider_->setAccessibleName(tr("%1, slider").arg(QString::fromStdString(field.name)));
        slider_->setMinimumWidth(60);
        layout->addWidget(slider_, 2);
        connect(slider_, &QSlider::valueChanged, this, &NumberEditor::takeSlider);
        connect(slider_, &QSlider::sliderReleased, this, &ValueEditor::finished);
    }
    pause_.setSingleShot(true);
    pause_.setInterval(700);
    connect(&pause_, &QTimer::timeout, this, [this] { offer(typed_); });
    connect(line_, &LineField::stepWanted, this, &NumberEditor::step);
}

void NumberEditor::showValues(const Values& values)
{
    LineEditor::showValues(values);
    showNote();
    showSlider();
}

QString NumberEditor::textOf(const Json& value) const
{
    return QString::fromStdString(numberText(value.get<double>()));
}

bool NumberEditor::keepsTyped() const
{
    if (pause_.isActive()) return true;
    const auto typed = parseQuantity(field_, line_->text().toStdString());
    const bool shows = shown_ ? typed && *typed == *shown_ : line_->text().isEmpty();
    return shows && line_->isModified();
}

std::optional<double> NumberEditor::current() const
{
    if (shown_ && shown_->is_number()) return shown_->get<double>();
    if (!shown_ && !various() && field_.defaultValue && field_.defaultValue->is_number())
        return field_.defaultValue->get<double>();
    return {};
}

void NumberEditor::showNote()
{
    QString note = QString::fromStdString(unitSign(field_.unit));
    if (const auto value = current()) {
        const std::string other = inOtherUnit(field_, *value);
        if (!other.empty()) note += (note.isEmpty() ? "= " : "  = ") + QString::fromStdString(other);
    }
    line_->setNote(note);
}

void NumberEditor::showSlider()
{
    if (!slider_ || slider_->isSliderDown()) return;
    const QSignalBlocker quiet(slider_);
    slider_->setValue(positionOf(current().value_or(*field_.minimum)));
}

void NumberEditor::take(const QString& text)
{
    pause_.stop();
    if (text.trimmed().isEmpty()) {
        takeSoon({});
        return;
    }
    const auto value = parseQuantity(field_, text.trimmed().toStdString());
    if (value)
        takeSoon(*value);
    else
        emit refused(sentence(value.problem().message));
}

void NumberEditor::takeSoon(const std::optional<Json>& value)
{
    typed_ = value;
    if (!context_.running || (value && !checkValue(field_, *value).empty())) {
        offer(value);
        return;
    }
    emit refused({});
    pause_.start();
}

void NumberEditor::takeSlider(int position)
{
    const double value = valueAt(position);
    if (const auto now = current(); now && positionOf(*now) == position) return;
    offer(std::trunc(value) == value ? Json(static_cast<std::int64_t>(value)) : Json(value));
    if (!slider_->isSliderDown()) emit finished();
}

void NumberEditor::finish()
{
    if (pause_.isActive()) {
        pause_.stop();
        offer(typed_);
    }
    if (!line_->wrong() && shown_ && shown_->is_number()) line_->showText(textOf(*shown_));
    LineEditor::finish();
}

void NumberEditor::revert()
{
    pause_.stop();
    LineEditor::revert();
}

void NumberEditor::step(int steps)
{
    const double value = current().value_or(field_.minimum.value_or(0));
    double size = 1;
    if (field_.maximum && *field_.maximum <= 1)
        size = 0.01;
    else if (slider_ && logarithmic() && value >= 100)
        size = std::pow(10, std::floor(std::log10(value)) - 1);
    else if (field_.unit == "Bytes")
        size = value >= 1048576 ? 1048576 : 1024;
    double next = std::round((value + steps * size) * 1e9) / 1e9;
    if (field_.minimum) next = std::max(next, *field_.minimum);
    if (field_.maximum) next = std::min(next, *field_.maximum);
    offer(std::trunc(next) == next ? Json(static_cast<std::int64_t>(next)) : Json(next));
    line_->selectAll();
}

bool NumberEditor::logarithmic() const { return *field_.maximum - *field_.minimum > 2000; }

double NumberEditor::roundedFor(double value) const
{
    if (field_.type == Field::Type::Integer) return std::round(value);
    return std::round(value * 1000) / 1000;
}

// Logarithmic: position 0 is the least value; from 1 on every decade has as many steps, values with two digits.
double NumberEditor::valueAt(int position) const
{
    if (!logarithmic())
        return roundedFor(*field_.minimum + (*field_.maximum - *field_.minimum) * position / slider_->maximum());
    if (position == 0) return *field_.minimum;
    if (position == slider_->maximum()) return *field_.maximum;
    const double low = std::log10(std::max(1.0, *field_.minimum)), high = std::log10(*field_.maximum);
    const double value = std::pow(10, low + (high - low) * (position - 1) / (slider_->maximum() - 1));
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    return std::max(*field_.minimum, roundedFor(std::round(value / unit) * unit));
}

int NumberEditor::positionOf(double value) const
{
    const double minimum = *field_.minimum, maximum = *field_.maximum;
    if (!logarithmic())
        return static_cast<int>(std::lround((value - minimum) / (maximum - minimum) * slider_->maximum()));
    if (value <= minimum || value < 1) return value > minimum ? 1 : 0;
    const double low = std::log10(std::max(1.0, minimum)), high = std::log10(maximum);
    return 1 + static_cast<int>(std::lround((std::log10(value) - low) / (high - low) * (slider_->maximum() - 1)));
}

} // namespace streamwright::gui
