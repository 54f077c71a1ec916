//! A walk through the library, printed as it goes.

use std::io::Write;

use netbox_core::{Mode, Outcome};

use crate::{
    Counting, Failure,
    model::{Device, Interface, Rack, Site},
};

/// Walks through the library with `client`, and prints each step to `out`, with the number of requests that it takes.
///
/// # Errors
///
/// If NetBox does not answer as our data set would have it.
pub fn walk<'t, C: Mode>(
    client: &'t Counting<C>,
    out: &'t mut (dyn Write + Send),
) -> Outcome<'t, C, Result<(), Failure>> {
    C::run(async move {
        let mut tour = Tour { client, out, lines: Vec::new(), told: client.transport().requests() };
        tour.list().await?;
        tour.get_and_follow().await?;
        tour.prefetch().await?;
        tour.count_and_walk().await?;
        tour.go_wrong().await
    })
}

struct Tour<'t, C: Mode> {
    client: &'t Counting<C>,
    out: &'t mut (dyn Write + Send),
    /// The lines that are not printed yet.
    lines: Vec<String>,
    /// How many requests were printed.
    told: u64,
}

impl<C: Mode> Tour<'_, C> {
    async fn list(&mut self) -> Result<(), Failure> {
        let query = self.client.query::<Site>().filter(Site::NAME.starts_with("DM-")).order(Site::NAME.asc());
        for site in C::lift(query.all()).await? {
            let region = site.region.as_ref().and_then(|region| region.display()).unwrap_or("no region");
            self.say(format!("{} ({}), in {region}", site.name, site.status));
        }
        self.tell("The sites whose names begin with DM-, by name")
    }

    async fn get_and_follow(&mut self) -> Result<(), Failure> {
        let client = self.client;
        let leaf = client.query::<Device>().filter(Device::NAME.contains("leaf"));
        let id = C::lift(leaf.first()).await?.ok_or("there are no leaf switches")?.id;
        self.tell("The first leaf switch")?;
        let device = C::lift(client.get::<Device>(id)).await?;
        self.say(format!(
            "{} at {}",
            device.name.as_deref().unwrap_or("-"),
            device.site.display().unwrap_or("-")
        ));
        self.tell("The same device by its id")?;
        let site = C::lift(device.site(client)).await?;
        self.say(format!("{} has the slug {}", site.name, site.slug));
        self.tell("Its site, by its foreign key")?;
        C::lift(device.site(client)).await?;
        self.tell("Its site again")
    }

    async fn prefetch(&mut self) -> Result<(), Failure> {
        let client = self.client;
        let query = client.query::<Device>().filter(Device::SITE.named("dm-berlin"));
        let chain = Device::RACK.then(Rack::SITE).then(Site::REGION);
        let devices = C::lift(query.prefetch(chain).prefetch(Device::TENANT).all()).await?;
        self.tell(&format!(
            "{} devices, with rack, the rack's site, the site's region, and tenant",
            devices.len()
        ))?;
        for device in &devices {
            if let Some(rack) = C::lift(device.rack(client)).await? {
                C::lift(C::lift(rack.site(client)).await?.region(client)).await?;
            }
            C::lift(device.tenant(client)).await?;
        }
        self.tell("All of these keys followed")
    }

    async fn count_and_walk(&mut self) -> Result<(), Failure> {
        let spines = self.client.query::<Device>().filter(Device::NAME.contains("spine"));
        let spines = C::lift(spines.ids()).await?;
        self.tell(&format!("The ids of {} spine switches", spines.len()))?;
        let query = || self.client.query::<Interface>().filter(Interface::DEVICE.any_of(&spines));
        let count = C::lift(query().count()).await?;
        let mut interfaces = query().page_size(40).iter();
        self.tell(&format!("{count} interfaces of these, counted"))?;
        let mut walked = 0;
        while let Some(interface) = C::lift(interfaces.next_item()).await {
            walked += u64::from(interface?.id > 0);
        }
        if walked != count {
            return Err(format!("{walked} interfaces came of {count}").into());
        }
        self.tell("The same, in pages of 40")
    }

    async fn go_wrong(&mut self) -> Result<(), Failure> {
        let mistyped = C::lift(self.client.query::<Site>().param("nmae__ic", "x").all()).await;
        self.say(mistyped.err().ok_or("the mistyped filter was sent")?.to_string());
        self.tell("A mistyped filter")?;
        let missing = C::lift(self.client.get::<Site>(999_999)).await;
        let missing =
            missing.err().filter(netbox_core::Error::is_not_found).ok_or("there is a site 999999")?;
        self.say(missing.to_string());
        self.tell("A site that is not there")
    }

    fn say(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Prints a step: the work, the requests that it took, and the result.
    fn tell(&mut self, what: &str) -> Result<(), Failure> {
        let requests = self.client.transport().requests();
        let took = match requests - self.told {
            0 => "no request".to_owned(),
            1 => "1 request".to_owned(),
            several => format!("{several} requests"),
        };
        self.told = requests;
        writeln!(self.out, "{what}: {took}")?;
        for line in self.lines.drain(..) {
            writeln!(self.out, "  {line}")?;
        }
        Ok(())
    }
}
