"""Describes the stand, the process and the device; most of it may be missing."""

import draw
import hardpy
import pytest

pytestmark = pytest.mark.module_name("Describe")


@pytest.mark.case_name("Stand")
def test_stand():
    random = draw.random_of("stand")
    for name in ("set_stand_name", "set_stand_revision"):
        if draw.maybe(random):
            draw.call(name, draw.text(random))
    if draw.is_located_in_time():
        draw.call("set_stand_location", draw.text(random))
    if draw.maybe(random):
        draw.call("set_stand_number", random.choice([0, 7]))
    if draw.maybe(random):
        draw.call("set_stand_info", draw.info(random))
    if draw.maybe(random, 0.3):
        draw.call("set_driver_info", draw.free_object(random))
    if hasattr(hardpy, "Instrument"):
        for _ in range(random.randint(0, 3)):
            instrument = draw.of_model(hardpy.Instrument, random, {
                "name": draw.text,
                "revision": draw.text,
                "serial_number": draw.text,
                "part_number": draw.text,
                "number": lambda random: random.choice([0, 12]),
                "comment": draw.text,
                "info": draw.info,
            })
            hardpy.set_instrument(instrument)


def test_process():
    random = draw.random_of("process")
    if draw.maybe(random):
        draw.call("set_process_name", draw.text(random))
        draw.call("set_process_number", random.choice([0, 40]))
    if draw.maybe(random):
        draw.call("set_process_info", draw.info(random))
    if draw.maybe(random):
        draw.call("set_user_name", draw.text(random))
    if draw.maybe(random):
        draw.call("set_batch_serial_number", draw.text(random))


def test_device():
    random = draw.random_of("device")
    for key in ("name", "type", "part_number", "serial_number", "revision"):
        if draw.maybe(random):
            draw.call(f"set_dut_{key}", draw.text(random))
    if draw.maybe(random):
        draw.call("set_dut_info", draw.info(random))
    if hasattr(hardpy, "SubUnit"):
        for _ in range(random.randint(0, 3)):
            sub_unit = draw.of_model(hardpy.SubUnit, random, {
                "name": draw.text,
                "type": draw.text,
                "serial_number": draw.text,
                "part_number": draw.text,
                "revision": draw.text,
                "info": draw.info,
            })
            hardpy.set_dut_sub_unit(sub_unit)
