"""Devices in the words of papers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.hardware import Device, parse_device
from kg.lexicon import Entry, lexicon
from kg.model import EntityKind
from kg.names import entity_id, normal_form

A100 = ("NVIDIA A100", "nvidia a 100")
H100 = ("NVIDIA H100", "nvidia h 100")
V100 = ("NVIDIA V100", "nvidia v 100")
RTX_4090 = ("NVIDIA RTX 4090", "nvidia rtx 4090")
TPU_V3 = ("Google TPU v3", "google tpu v 3")
GPU = ("GPU", "gpu")

DEVICES = [
    ("8 × NVIDIA A100-SXM4-80GB", Device(*A100, 8, 80.0)),
    ("A100 GPUs", Device(*A100)),
    ("A100s", Device(*A100)),
    ("A100-40G", Device(*A100, None, 40.0)),
    ("80GB A100 HBM", Device(*A100, None, 80.0)),
    ("4xA100 (40GB)", Device(*A100, 4, 40.0)),
    ("A100 x 8", Device(*A100, 8)),
    ("eight 80GB A100s", Device(*A100, 8, 80.0)),
    ("four nodes of 8 A100 GPUs", Device(*A100, 32)),
    ("NVIDIA A100 80GB PCIe", Device(*A100, None, 80.0)),
    ("NVIDIA A100 Tensor Core GPU", Device(*A100)),
    ("two V100s", Device(*V100, 2)),
    ("512 NVIDIA V100 GPUs", Device(*V100, 512)),
    ("16 NVIDIA Tesla V100-SXM2-32GB GPUs", Device(*V100, 16, 32.0)),
    ("H100 SXM5", Device(*H100)),
    ("one H100 80 GB", Device(*H100, 1, 80.0)),
    ("1,024 H100s", Device(*H100, 1024)),
    ("4 nodes with 8 H100 each", Device(*H100, 32)),
    ("single H200 GPU with 1.5TB host memory", Device("NVIDIA H200", "nvidia h 200", 1)),
    (r"$8\times$ A800 GPUs", Device("NVIDIA A800", "nvidia a 800", 8)),
    ("8timesA800", Device("NVIDIA A800", "nvidia a 800", 8)),
    ("enterprise-grade H800 GPU", Device("NVIDIA H800", "nvidia h 800")),
    ("48G A6000", Device("NVIDIA RTX A6000", "nvidia rtx a 6000", None, 48.0)),
    ("a single RTX 4090 with 24GB", Device(*RTX_4090, 1, 24.0)),
    ("local RTX 4090 setup", Device(*RTX_4090)),
    ("GeForce RTX~4090", Device(*RTX_4090)),
    ("4090", Device(*RTX_4090)),
    ("4 4090s", Device(*RTX_4090, 4)),
    ("Nvidia GeForce RTX 3090 Ti", Device("NVIDIA RTX 3090 Ti", "nvidia rtx 3090 ti")),
    ("RTX 2080Ti", Device("NVIDIA RTX 2080 Ti", "nvidia rtx 2080 ti")),
    ("GeForce RTX 6090", Device("NVIDIA RTX 6090", "nvidia rtx 6090")),
    ("NVIDIA RTX 6090", Device("NVIDIA RTX 6090", "nvidia rtx 6090")),
    ("RTX PRO 6000 Blackwell", Device("NVIDIA RTX PRO 6000", "nvidia rtx pro 6000")),
    ("NVIDIA DGX-A100", Device("NVIDIA DGX A100", "nvidia dgx a 100")),
    ("Jetson Orin Nano", Device("NVIDIA Jetson Orin Nano", "nvidia jetson orin nano")),
    ("64 TPU v3 cores", Device(*TPU_V3, 64)),
    ("TPU v3-8", Device(*TPU_V3, 8)),
    ("TPUs", Device("Google TPU", "google tpu")),
    ("AMD Instinct MI250X", Device("AMD MI250X", "amd mi 250 x")),
    ("Ascend 910B NPUs", Device("Huawei Ascend 910B", "huawei ascend 910 b")),
    ("M1 Max", Device("Apple M1 Max", "apple m 1 max")),
    ("M2 Ultra with 192 GB of memory", Device("Apple M2 Ultra", "apple m 2 ultra", None, 192.0)),
    ("Intel Xeon Gold 6130 CPU @ 2.10GHz", Device("Intel Xeon Gold 6130", "intel xeon gold 6130")),
    ("AMD EPYC 7763 processor", Device("AMD EPYC 7763", "amd epyc 7763")),
    ("Raspberry Pi 4 Model B (8GB)", Device("Raspberry Pi 4", "raspberry pi 4", None, 8.0)),
    ("Snapdragon 8 Gen 3", Device("Qualcomm Snapdragon 8 Gen 3", "qualcomm snapdragon 8 gen 3")),
    ("Frontier", Device("Frontier", "frontier")),
    ("Frontier supercomputer", Device("Frontier", "frontier")),
    ("GPU", Device(*GPU)),
    ("single GPU", Device(*GPU, 1)),
    ("8-GPU server", Device(*GPU, 8)),
    ("thousands of GPUs", Device(*GPU)),
    ("100 GPU hours", Device(*GPU)),
    ("consumer GPUs", Device("consumer GPU", "consumer")),
    ("consumer-grade GPU", Device("consumer GPU", "consumer")),
    ("smartphones", Device("mobile phone", "mobile phone")),
    ("Unmanned Aerial Vehicles", Device("UAV", "uav")),
    ("FPGAs", Device("FPGA", "fpga")),
    ("x86", Device("x86", "x 86")),
    ("quadruped robot", Device("quadruped robot", "quadruped robot")),
    ("single A100 node (8 GPUs)", Device(*A100, 8)),
    ("NVIDIA A10G GPU (22GiB of memory, bfloat16 precision)", Device("NVIDIA A10G", "nvidia a 10 g", None, 22.0)),
    ("single NVIDIA RTX 4090 desktop GPU", Device(*RTX_4090, 1)),
    ("RTX 4090 Laptop GPU", Device("NVIDIA RTX 4090 Laptop", "nvidia rtx 4090 laptop")),
    ("AMD Radeon Instinct MI250X", Device("AMD MI250X", "amd mi 250 x")),
    ("two hybrid Intel CPUs", Device("Intel hybrid", "intel hybrid", 2)),
    ("multi-GPU server", Device(*GPU)),
    ("resource-constrained devices", Device("resource-constrained devices", "resource constrained")),
    ("many-core RISC-V CPU", Device("many-core RISC-V", "many core risc v")),
    ("two Foo Nine boards", Device("Foo Nine", "foo nine", 2)),
    ("", Device("", "")),
]


@pytest.mark.parametrize(("text", "device"), DEVICES)
def test_words_mean_a_device(text: str, device: Device) -> None:
    """Maker, model, count and memory are told apart, and the form factor is dropped."""
    assert parse_device(text) == device


def test_the_id_is_that_of_the_model() -> None:
    """Eight cards with their memory are the node of the card."""
    device = parse_device("8 × NVIDIA A100-SXM4-80GB")

    assert entity_id(device.normal, "hardware") == "hardware/nvidia-a100"


@pytest.mark.parametrize("entry", [e for e in lexicon().entries if e.kind is EntityKind.HARDWARE], ids=lambda e: e.name)
def test_every_form_of_the_lexicon_means_its_device(entry: Entry) -> None:
    """Name and aliases of a device all parse to its name, without a count or memory of their own."""
    devices = {parse_device(form) for form in entry.forms}

    assert devices == {Device(entry.name, normal_form(entry.name, "hardware"))}


PIECES = """8 two a single × x times ( ) 80GB 1.5TB GB NVIDIA GeForce Tesla RTX 4090 A100 A100-SXM4-80GB V100s TPU v3-8 GPU
GPUs CPU cores nodes of with each PCIe SXM5 memory host Xeon Gold 6130 Jetson Orin Nano AMD MI250X edge devices 3.6GHz ,
- consumer hours Foo $ 1,024 \\times 2080 Ti M1 Max Apple multiple x8 µ"""


@settings(deadline=None)
@given(st.one_of(st.text(max_size=12), st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join)))
def test_a_name_means_itself(text: str) -> None:
    """The name of a parsed device parses to the same device, so that ids do not depend on how often it is done."""
    device = parse_device(text)

    assert parse_device(device.name) == Device(device.name, device.normal)


@settings(deadline=None)
@given(
    st.integers(min_value=2, max_value=4096),
    st.sampled_from(["{} × {}", "{}x {}", "{} {}s", "{} NVIDIA {} GPUs", "{}x{}-80GB"]),
)
def test_the_count_does_not_change_the_device(count: int, shape: str) -> None:
    """However many of them are written in front, the model is the same and the number is kept."""
    device = parse_device(shape.format(count, "A100"))

    assert (device.name, device.count) == ("NVIDIA A100", count)


@pytest.mark.parametrize("text", ["7" * 100_000, "8 × NVIDIA A100 " * 6_000, "foo bar " * 12_500])
def test_what_is_too_long_to_be_a_device_keeps_its_words(text: str) -> None:
    """Nothing is parsed off a text that no device is called, which would take minutes."""
    device = parse_device(text)

    assert device == Device(text, normal_form(text, "hardware"))
