//! Sites, racks, devices, their components, and the cables between them.
// Written by `cargo xtask codegen models`.

mod cable;
mod cable_bundle;
mod cable_end;
mod cable_termination;
mod console_port;
mod console_port_speed;
mod console_port_template;
mod console_port_type;
mod console_server_port;
mod console_server_port_template;
mod cooling_capability;
mod cooling_connector_type;
mod cooling_feed;
mod cooling_intake;
mod cooling_intake_template;
mod cooling_method;
mod cooling_outflow;
mod cooling_outflow_template;
mod cooling_source;
mod device;
mod device_airflow;
mod device_bay;
mod device_bay_template;
mod device_role;
mod device_type;
mod diameter_unit;
mod feed_leg;
mod flow_unit;
mod front_port;
mod front_port_template;
mod interface;
mod interface_mode;
mod interface_template;
mod interface_type;
mod inventory_item;
mod inventory_item_role;
mod inventory_item_template;
mod link_status;
mod location;
mod mac_address;
mod manufacturer;
mod module;
mod module_bay;
mod module_bay_template;
mod module_bay_type;
mod module_type;
mod module_type_profile;
mod outer_unit;
mod platform;
mod poe_mode;
mod poe_type;
mod port_type;
mod power_feed;
mod power_outlet;
mod power_outlet_template;
mod power_outlet_type;
mod power_panel;
mod power_port;
mod power_port_template;
mod power_port_type;
mod rack;
mod rack_form_factor;
mod rack_group;
mod rack_reservation;
mod rack_role;
mod rack_type;
mod rack_width;
mod rear_port;
mod rear_port_template;
mod region;
mod rf_role;
mod site;
mod site_group;
mod virtual_chassis;
mod virtual_device_context;
mod weight_unit;

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{
    region::Region,
    site::{Site, SiteStatus},
    site_group::SiteGroup,
};

#[cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]
pub use self::{
    cooling_method::CoolingMethod,
    device_airflow::DeviceAirflow,
    device_role::DeviceRole,
    device_type::{DeviceType, DeviceTypeSubdeviceRole},
    location::{Location, LocationStatus},
    manufacturer::Manufacturer,
    platform::Platform,
    weight_unit::WeightUnit,
};

#[cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]
pub use self::{
    cooling_capability::CoolingCapability,
    device::{Device, DeviceFace, DeviceStatus},
    interface_mode::InterfaceMode,
    mac_address::MacAddress,
    outer_unit::OuterUnit,
    rack::{Rack, RackAirflow, RackStatus},
    rack_form_factor::RackFormFactor,
    rack_group::RackGroup,
    rack_role::RackRole,
    rack_type::RackType,
    rack_width::RackWidth,
    virtual_chassis::VirtualChassis,
};

#[cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]
pub use self::{
    cable::{Cable, CableLengthUnit, CableProfile, CableType},
    cable_bundle::CableBundle,
    cable_end::CableEnd,
    interface::{Interface, InterfaceDuplex, RfChannel},
    interface_type::InterfaceType,
    link_status::LinkStatus,
    module::{Module, ModuleStatus},
    module_bay::ModuleBay,
    module_bay_type::ModuleBayType,
    module_type::{ModuleType, ModuleTypeAirflow},
    module_type_profile::ModuleTypeProfile,
    poe_mode::PoeMode,
    poe_type::PoeType,
    rf_role::RfRole,
    virtual_device_context::{VirtualDeviceContext, VirtualDeviceContextStatus},
};

#[cfg(feature = "dcim")]
pub use self::{
    cable_termination::CableTermination,
    console_port::ConsolePort,
    console_port_speed::ConsolePortSpeed,
    console_port_template::ConsolePortTemplate,
    console_port_type::ConsolePortType,
    console_server_port::ConsoleServerPort,
    console_server_port_template::ConsoleServerPortTemplate,
    cooling_connector_type::CoolingConnectorType,
    cooling_feed::{CoolingFeed, CoolingFeedStatus},
    cooling_intake::CoolingIntake,
    cooling_intake_template::CoolingIntakeTemplate,
    cooling_outflow::CoolingOutflow,
    cooling_outflow_template::CoolingOutflowTemplate,
    cooling_source::{CoolingSource, CoolingSourceFluidType, CoolingSourceStatus, CoolingSourceType},
    device_bay::DeviceBay,
    device_bay_template::DeviceBayTemplate,
    diameter_unit::DiameterUnit,
    feed_leg::FeedLeg,
    flow_unit::FlowUnit,
    front_port::{FrontPort, FrontPortMapping},
    front_port_template::{FrontPortTemplate, FrontPortTemplateMapping},
    interface_template::InterfaceTemplate,
    inventory_item::{InventoryItem, InventoryItemStatus},
    inventory_item_role::InventoryItemRole,
    inventory_item_template::InventoryItemTemplate,
    module_bay_template::ModuleBayTemplate,
    port_type::PortType,
    power_feed::{PowerFeed, PowerFeedPhase, PowerFeedStatus, PowerFeedSupply, PowerFeedType},
    power_outlet::{PowerOutlet, PowerOutletStatus},
    power_outlet_template::PowerOutletTemplate,
    power_outlet_type::PowerOutletType,
    power_panel::PowerPanel,
    power_port::PowerPort,
    power_port_template::PowerPortTemplate,
    power_port_type::PowerPortType,
    rack_reservation::{RackReservation, RackReservationStatus},
    rear_port::{RearPort, RearPortMapping},
    rear_port_template::{RearPortTemplate, RearPortTemplateMapping},
};
